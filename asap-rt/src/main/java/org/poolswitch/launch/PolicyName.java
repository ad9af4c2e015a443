// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.runtime.MalformedException;

/**
 * Pool member selection policies as people write them (RFC 5356): {@code RR}, {@code WRR:3}, {@code PRIO:7},
 * {@code LU:25%}, {@code LUD:25%,5%}. The last rows are RSPLIB's private ones, which tools must be able to show.
 */
public enum PolicyName {
    RR(PolicyType.ROUND_ROBIN),
    WRR(PolicyType.WEIGHTED_ROUND_ROBIN, "weight"),
    RAND(PolicyType.RANDOM),
    WRAND(PolicyType.WEIGHTED_RANDOM, "weight"),
    PRIO(PolicyType.PRIORITY, "priority"),
    LU(PolicyType.LEAST_USED, "load"),
    LUD(PolicyType.LEAST_USED_DEGRADATION, "load", "degradation"),
    PLU(PolicyType.PRIORITY_LEAST_USED, "load", "degradation"),
    RLU(PolicyType.RANDOMIZED_LEAST_USED, "load"),
    RPLU(0xb0001001, "load", "degradation"),
    RLUD(0xb0001002, "load", "degradation"),
    PLUD(0xb0001003, "load", "degradation"),
    RPLUD(0xb0001004, "load", "degradation"),
    WRAND_DPF(0xb0002001, "weight", "weight-dpf", "distance"),
    LU_DPF(0xb0002002, "load", "load-dpf", "distance"),
    LUD_DPF(0xb0002003, "load", "degradation", "load-dpf", "distance");

    /** 100 % of a load on the wire (RFC 5356 section 4.4). */
    private static final double WHOLE = 0xffffffffL;

    private final int type;
    private final String[] fields;

    PolicyName(final int type, final String... fields) {
        this.type = type;
        this.fields = fields;
    }

    /** Its type on the wire. */
    public int type() {
        return type;
    }

    private static boolean isFraction(final String field) {
        return field.startsWith("load") || field.equals("degradation") || field.endsWith("-dpf");
    }

    /** The value of a Policy parameter, its type first. @throws ConfigException with a sentence */
    public static byte[] parse(final String text) throws ConfigException {
        final int colon = text.indexOf(':');
        final String name = (colon < 0 ? text : text.substring(0, colon)).toUpperCase(Locale.ROOT).replace('-', '_');
        final PolicyName policy = Arrays.stream(values()).filter(p -> p.name().equals(name)).findAny()
            .orElseThrow(() -> new ConfigException("--policy: '" + text + "' is none of RR, WRR:WEIGHT, RAND, "
                + "WRAND:WEIGHT, PRIO:PRIORITY, LU:LOAD, LUD:LOAD,DEGRADATION, PLU:LOAD,DEGRADATION, RLU:LOAD"));
        final String[] given = colon < 0 ? new String[0] : text.substring(colon + 1).split(",");
        if (given.length != policy.fields.length) {
            throw new ConfigException("--policy: " + policy + " has " + policy.fields.length
                + (policy.fields.length == 1 ? " value" : " values")
                + (policy.fields.length == 0 ? "" : " (" + String.join(", ", policy.fields) + ")") + ", not "
                + given.length);
        }
        final ByteBuffer value = ByteBuffer.allocate(4 + 4 * given.length).putInt(policy.type);
        for (int i = 0; i < given.length; i++) {
            value.putInt(isFraction(policy.fields[i]) ? fraction(given[i].trim()) : number(given[i].trim()));
        }
        return value.array();
    }

    /** The same as a parameter. @throws ConfigException with a sentence */
    public static PolicyParameter parameter(final String text) throws ConfigException {
        try {
            return new PolicyParameter(parse(text));
        } catch (final MalformedException e) {
            throw new IllegalStateException("a policy that was just made", e);
        }
    }

    private static int fraction(final String text) throws ConfigException {
        try {
            final double percent = Double.parseDouble(text.endsWith("%") ? text.substring(0, text.length() - 1) : "x");
            if (percent >= 0 && percent <= 100) {
                return (int) Math.round(percent / 100 * WHOLE);
            }
        } catch (final NumberFormatException e) {
            // the same sentence for whatever is no fraction
        }
        throw new ConfigException("--policy: a load is 0% to 100%, not '" + text + "'");
    }

    private static int number(final String text) throws ConfigException {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (final NumberFormatException e) {
            throw new ConfigException("--policy: '" + text + "' is not a number of 32 bits");
        }
    }

    /** The policy's name, or its number if nobody gave it one. */
    public static String name(final int type) {
        return Arrays.stream(values()).filter(p -> p.type == type).findAny().map(PolicyName::toString)
            .orElseGet(() -> String.format(Locale.ROOT, "0x%08x", type));
    }

    /** One element's values under its policy, for people: {@code load 25%, degradation 5%}; empty if it has none. */
    public static String values(final byte[] policy) {
        final ByteBuffer in = ByteBuffer.wrap(policy);
        final int type = in.getInt();
        final String[] names = Arrays.stream(values()).filter(p -> p.type == type).findAny().map(p -> p.fields)
            .orElse(new String[0]);
        final StringJoiner text = new StringJoiner(", ");
        for (int i = 0; in.remaining() >= 4; i++) {
            final String field = i < names.length ? names[i] : "value";
            text.add(field + " " + (isFraction(field) ? percent(in.getInt()) : Integer.toUnsignedString(in.getInt())));
        }
        return text.toString();
    }

    private static String percent(final int value) {
        final double percent = Integer.toUnsignedLong(value) / WHOLE * 100;
        final String text = String.format(Locale.ROOT, "%.1f", percent);
        return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + "%";
    }

    /** The names and values of the fields, as numbers of the wire, for programs. */
    public static void forEachField(final byte[] policy, final java.util.function.BiConsumer<String, Long> use) {
        final ByteBuffer in = ByteBuffer.wrap(policy);
        final int type = in.getInt();
        final String[] names = Arrays.stream(values()).filter(p -> p.type == type).findAny().map(p -> p.fields)
            .orElse(new String[0]);
        for (int i = 0; in.remaining() >= 4; i++) {
            use.accept(i < names.length ? names[i] : "value" + i, Integer.toUnsignedLong(in.getInt()));
        }
    }

    @Override
    public String toString() {
        return name().replace('_', '-');
    }
}
