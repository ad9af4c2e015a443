// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** {@link SctpConfig} as operators write it: {@code RTO.Min=30ms,Path.Max.Retrans=2}. */
public final class SctpSettings {
    private static final long MS = 1_000_000L;

    private SctpSettings() {
    }

    /**
     * A configuration with some settings changed.
     *
     * @param text settings {@code name=value}, separated by commas; times with a unit: us, ms or s. Case does not
     * matter
     * @throws IllegalArgumentException with a sentence, for a name that does not exist, a value that is none, or a
     *     combination that cannot work
     */
    public static SctpConfig apply(final SctpConfig base, final String text) {
        final Object[] values = values(base);
        for (final String setting : text.split(",")) {
            if (setting.isBlank()) {
                continue;
            }
            final int equals = setting.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("an SCTP setting looks like RTO.Min=30ms, not '" + setting.trim()
                    + "'");
            }
            set(values, setting.substring(0, equals).trim(), setting.substring(equals + 1).trim());
        }
        return make(values);
    }

    private static RecordComponent[] components() {
        return SctpConfig.class.getRecordComponents();
    }

    private static Object[] values(final SctpConfig config) {
        final RecordComponent[] components = components();
        final Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = components[i].getAccessor().invoke(config);
            }
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("a record's accessor cannot be called", e);
        }
        return values;
    }

    private static void set(final Object[] values, final String name, final String value) {
        final RecordComponent[] components = components();
        for (int i = 0; i < components.length; i++) {
            if (components[i].getAnnotation(Setting.class).value().equalsIgnoreCase(name)) {
                final long number = isTime(components[i]) ? time(name, value) : count(name, value);
                if (components[i].getType() == int.class && number > Integer.MAX_VALUE) {
                    throw new IllegalArgumentException(name + " cannot be as large as " + value);
                }
                values[i] = components[i].getType() == int.class ? (Object) (int) number : (Object) number;
                return;
            }
        }
        throw new IllegalArgumentException("there is no SCTP setting '" + name + "'; there are "
            + String.join(", ", names()));
    }

    private static boolean isTime(final RecordComponent component) {
        return component.getName().endsWith("Ns");
    }

    private static long time(final String name, final String value) {
        final String text = value.toLowerCase(Locale.ROOT);
        final String[] units = {"us", "ms", "s"};
        final long[] factors = {1_000L, MS, 1_000 * MS};
        for (int i = 0; i < units.length; i++) {
            final String digits = text.endsWith(units[i]) ? text.substring(0, text.length() - units[i].length()) : "";
            if (!digits.isEmpty() && digits.length() < 10 && digits.chars().allMatch(Character::isDigit)) {
                return Long.parseLong(digits) * factors[i];
            }
        }
        throw new IllegalArgumentException(name + " is a time such as 30ms, 500us or 2s, not '" + value + "'");
    }

    private static long count(final String name, final String value) {
        if (value.isEmpty() || value.length() > 12 || !value.chars().allMatch(Character::isDigit)) {
            throw new IllegalArgumentException(name + " is a whole number, not '" + value + "'");
        }
        return Long.parseLong(value);
    }

    private static SctpConfig make(final Object[] values) {
        final Class<?>[] types = Arrays.stream(components()).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return SctpConfig.class.getDeclaredConstructor(types).newInstance(values);
        } catch (final InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException sentence) {
                throw sentence;
            }
            throw new IllegalStateException(e);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("a record cannot be made", e);
        }
    }

    /** All names. */
    public static List<String> names() {
        return Arrays.stream(components()).map(c -> c.getAnnotation(Setting.class).value()).toList();
    }

    /** All settings, {@code name=value}, in the order of the record; {@link #apply} reads them back. */
    public static List<String> describe(final SctpConfig config) {
        final Object[] values = values(config);
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            final long number = ((Number) values[i]).longValue();
            final String value = !isTime(components()[i]) ? String.valueOf(number)
                : number % MS == 0 ? number / MS + "ms" : number / 1000 + "us";
            lines.add(components()[i].getAnnotation(Setting.class).value() + "=" + value);
        }
        return lines;
    }
}
