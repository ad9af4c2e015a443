// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.megaco.ContextId;

/** A context: terminations that hear each other, and the controller that commands them. */
final class MgContext {
    final int slot;
    final List<Termination> terminations = new ArrayList<>(2);
    /** Null while it is free. */
    ContextId id;
    /** Whoever set an Events descriptor last; before that, whoever made it. */
    Controller owner;
    long madeNs;
    /** Where the owner's last command for it came from. */
    int association;
    int stream;
    /** How often this slot was used: the upper part of the id. */
    long generation;

    MgContext(final int slot) {
        this.slot = slot;
    }

    void heardOn(final int fromAssociation, final int fromStream) {
        association = fromAssociation;
        stream = fromStream;
    }
}
