// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.poolswitch.runtime.MalformedException;

/**
 * Pool Member Selection Policy parameter (RFC 5354 section 3.9.2, RFC 5356 section 3): a type and its values. Values
 * of types that are not known here are kept, and handed on as they came.
 *
 * <pre>
 *  0x0008 | length | policy type (4) | values of 4 octets each: weight, priority, load, load degradation, ...
 * </pre>
 *
 * <p>Load and degradation are fractions: 0xffffffff is 100 percent.
 */
public final class PolicyParameter {
    private final byte[] value;

    /** @param value the parameter's value: type, then its fields */
    public PolicyParameter(final byte[] value) throws MalformedException {
        if (value.length < 4) {
            throw new MalformedException("a policy without type");
        }
        final int type = ByteBuffer.wrap(value).getInt();
        if (!PolicyType.valid(type)) {
            throw new MalformedException("policy type 0 does not exist");
        }
        if (value.length < 4 + 4 * PolicyType.fields(type)) {
            throw new MalformedException("a policy without the values that its type has");
        }
        this.value = value.clone();
    }

    private PolicyParameter(final int type, final int[] fields) {
        value = new byte[4 + 4 * fields.length];
        final ByteBuffer out = ByteBuffer.wrap(value).putInt(type);
        for (final int field : fields) {
            out.putInt(field);
        }
    }

    /**
     * A policy by its type and values.
     *
     * @throws IllegalArgumentException if the type has more values than are given, or does not exist
     */
    public static PolicyParameter of(final int type, final int... fields) {
        if (!PolicyType.valid(type) || fields.length < PolicyType.fields(type)) {
            throw new IllegalArgumentException("policy 0x" + Integer.toHexString(type) + " has "
                + PolicyType.fields(type) + " values, not " + fields.length);
        }
        return new PolicyParameter(type, fields);
    }

    /** Its type, see {@link PolicyType}. */
    public int type() {
        return (int) word(0);
    }

    /** How many values follow the type. */
    public int fields() {
        return value.length / 4 - 1;
    }

    /** Value number {@code i} from 0 on, unsigned; 0 if there are not so many. */
    public long field(final int i) {
        return i < fields() ? word(4 + 4 * i) : 0;
    }

    private long word(final int at) {
        return ByteBuffer.wrap(value).getInt(at) & 0xffffffffL;
    }

    /** The parameter's value, a copy. */
    public byte[] value() {
        return value.clone();
    }

    /** Writes it. */
    public void write(final ParameterWriter out) {
        out.parameter(ParameterType.POLICY, value);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof PolicyParameter that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        final StringBuilder s = new StringBuilder("policy 0x").append(Integer.toHexString(type()));
        for (int i = 0; i < fields(); i++) {
            s.append(i == 0 ? " " : ", ").append(field(i));
        }
        return s.toString();
    }
}
