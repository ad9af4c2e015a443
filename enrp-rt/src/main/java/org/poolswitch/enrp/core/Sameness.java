// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.Arrays;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolElementParameter;

/** Tells a registration that only goes on from one that says something new: most of them are of the first kind. */
final class Sameness {
    /** The handlespace holds no longer element, and only one as long as that is looked at. */
    private static final int LONGEST = 65_536;
    private final ParameterWriter known = new ParameterWriter(LONGEST);
    private final ParameterWriter said = new ParameterWriter(LONGEST);

    /** Whether an element is known exactly as it is said to be now, with home, life, transports and policy values. */
    boolean of(final PoolElementEntry e, final PoolElementParameter now) {
        if (e == null || e.homeServer() != now.homeServer() || e.length() != now.length()
            || !e.hasAsapTransport() != (now.asapTransport() == null)) {
            return false;
        }
        known.clear();
        said.clear();
        e.writeEnrp(known);
        now.write(said);
        return Arrays.equals(known.buffer(), 0, known.position(), said.buffer(), 0, said.position());
    }
}
