// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Big-endian integers in a byte array: network order, no wrapper object. */
public final class Bytes {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {
    }

    public static int u16(final byte[] b, final int at) {
        return (short) SHORT.get(b, at) & 0xffff;
    }

    public static int i32(final byte[] b, final int at) {
        return (int) INT.get(b, at);
    }

    public static long i64(final byte[] b, final int at) {
        return (long) LONG.get(b, at);
    }

    public static void put16(final byte[] b, final int at, final int value) {
        SHORT.set(b, at, (short) value);
    }

    public static void put32(final byte[] b, final int at, final int value) {
        INT.set(b, at, value);
    }

    public static void put64(final byte[] b, final int at, final long value) {
        LONG.set(b, at, value);
    }

    /** The next multiple of four: chunks and parameters are padded to it (RFC 9260 section 3.2). */
    public static int padded(final int length) {
        return length + 3 & ~3;
    }
}
