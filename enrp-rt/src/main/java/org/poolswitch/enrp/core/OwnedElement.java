// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import org.poolswitch.rserpool.PoolElementParameter;

/** One registered pool element, and what its home registrar knows of its health. */
final class OwnedElement {
    final Pool pool;
    PoolElementParameter parameter;
    int association;
    long expiresNs;
    long keepAliveNs;
    boolean keepAliveOut;
    int badReports;
    /** Policy state: the larger, the later its turn. */
    long sequence;

    OwnedElement(final Pool pool, final PoolElementParameter parameter, final int association) {
        this.pool = pool;
        this.parameter = parameter;
        this.association = association;
    }

    int identifier() {
        return parameter.identifier();
    }
}
