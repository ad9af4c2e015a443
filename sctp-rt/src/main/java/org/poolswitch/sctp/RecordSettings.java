// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A configuration record as operators write it: {@code RTO.Min=30ms,Path.Max.Retrans=2}. Each component has its name by
 * {@link Setting}; a component whose Java name ends in {@code Ns} is a time, a boolean is on or off, others are counts.
 *
 * @param <R> the record
 */
public final class RecordSettings<R extends Record> {
    private static final long MS = 1_000_000L;
    private final Class<R> kind;
    private final String family;
    private final String example;
    private final RecordComponent[] components;

    /**
     * @param family  what the settings are of, for sentences: "SCTP"
     * @param example a good setting, for sentences
     */
    public RecordSettings(final Class<R> kind, final String family, final String example) {
        this.kind = kind;
        this.family = family;
        this.example = example;
        components = kind.getRecordComponents();
    }

    /**
     * A record with some settings changed.
     *
     * @param text settings {@code name=value}, separated by commas; times with a unit: us, ms or s. Case does not
     * matter
     * @throws IllegalArgumentException with a sentence, for a name that does not exist, a value that is none, or a
     *     combination that cannot work
     */
    public R apply(final R base, final String text) {
        final Object[] values = values(base);
        for (final String setting : text.split(",")) {
            if (!setting.isBlank()) {
                final int equals = setting.indexOf('=');
                if (equals < 0) {
                    throw new IllegalArgumentException("an " + family + " setting looks like " + example + ", not '"
                        + setting.trim() + "'");
                }
                set(values, setting.substring(0, equals).trim(), setting.substring(equals + 1).trim());
            }
        }
        return make(values);
    }

    private Object[] values(final R record) {
        final Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = components[i].getAccessor().invoke(record);
            }
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("a record's accessor cannot be called", e);
        }
        return values;
    }

    private static String name(final RecordComponent component) {
        return component.getAnnotation(Setting.class).value();
    }

    /** Whether there is a setting of this name. */
    public boolean knows(final String name) {
        return Arrays.stream(components).anyMatch(c -> name(c).equalsIgnoreCase(name));
    }

    private void set(final Object[] values, final String name, final String value) {
        for (int i = 0; i < components.length; i++) {
            if (name(components[i]).equalsIgnoreCase(name)) {
                values[i] = value(components[i], name, value);
                return;
            }
        }
        throw new IllegalArgumentException("there is no " + family + " setting '" + name + "'; there are "
            + String.join(", ", names()));
    }

    private static Object value(final RecordComponent component, final String name, final String value) {
        if (component.getType() == boolean.class) {
            if (!value.equalsIgnoreCase("on") && !value.equalsIgnoreCase("off")) {
                throw new IllegalArgumentException(name + " is on or off, not '" + value + "'");
            }
            return value.equalsIgnoreCase("on");
        }
        final long number = isTime(component) ? time(name, value) : count(name, value);
        if (component.getType() == int.class && number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " cannot be as large as " + value);
        }
        return component.getType() == int.class ? (Object) (int) number : (Object) number;
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

    private R make(final Object[] values) {
        final Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return kind.getDeclaredConstructor(types).newInstance(values);
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
    public List<String> names() {
        return Arrays.stream(components).map(RecordSettings::name).toList();
    }

    /** All settings, {@code name=value}, in the order of the record; {@link #apply} reads them back. */
    public List<String> describe(final R record) {
        final Object[] values = values(record);
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            lines.add(describe(name(components[i]), components[i], values[i]));
        }
        return lines;
    }

    private static String describe(final String name, final RecordComponent component, final Object value) {
        if (value instanceof Boolean on) {
            return name + (on ? "=on" : "=off");
        }
        final long number = ((Number) value).longValue();
        return name + "=" + (!isTime(component) ? String.valueOf(number)
            : number % MS == 0 ? number / MS + "ms" : number / 1000 + "us");
    }
}
