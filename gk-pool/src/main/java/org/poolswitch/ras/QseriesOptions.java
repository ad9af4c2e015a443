// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import org.poolswitch.runtime.MalformedException;

/**
 * Supplementary services that an endpoint has (H.225.0 section 7.6).
 *
 * <pre>
 * QseriesOptions ::= SEQUENCE { q932Full, q951Full, q952Full, q953Full, q955Full, q956Full, q957Full BOOLEAN,
 *                               q954Info SEQUENCE { conferenceCalling, threePartyService BOOLEAN, ... }, ... }
 * </pre>
 *
 * @param full seven bits, q932Full the highest
 */
public record QseriesOptions(int full, boolean conferenceCalling, boolean threePartyService) {
    private static final int FLAGS = 7;

    public QseriesOptions {
        if (full >>> FLAGS != 0) {
            throw new IllegalArgumentException("seven flags: " + full);
        }
    }

    static QseriesOptions decode(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        final int full = in.bits(FLAGS);
        final boolean innerExtended = in.bit();
        final QseriesOptions options = new QseriesOptions(full, in.bit(), in.bit());
        in.skipExtensions(innerExtended);
        in.skipExtensions(extended);
        return options;
    }

    void encode(final PerWriter out) {
        out.bit(false);
        out.bits(full, FLAGS);
        out.bit(false);
        out.bit(conferenceCalling);
        out.bit(threePartyService);
    }
}
