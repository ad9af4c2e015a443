// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The values of one element's Policy parameter, as a {@link SelectionPolicy} sees them; valid only during its call. */
public final class PolicyValues {
    /** 100 percent load. */
    public static final long FULL = 0xffffffffL;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private byte[] octets;
    private int offset;
    private int length;

    PolicyValues() {
    }

    void wrap(final byte[] from, final int at, final int octetsOfIt) {
        octets = from;
        offset = at;
        length = octetsOfIt;
    }

    /** The policy's type. */
    public int type() {
        return (int) INT.get(octets, offset);
    }

    /** How many values follow the type. */
    public int fields() {
        return length / 4 - 1;
    }

    /** Value number {@code i} from 0 on, unsigned; 0 if there are not so many. */
    public long field(final int i) {
        return i < fields() ? (int) INT.get(octets, offset + 4 + 4 * i) & FULL : 0;
    }
}
