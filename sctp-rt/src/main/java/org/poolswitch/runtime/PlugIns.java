// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What users plug in: factories that {@link ServiceLoader} finds on the class path, one of which is chosen by its name.
 * Whatever is wrong with one is a sentence for who installed it.
 *
 * @param service what they implement
 * @param what    what they make, for complaints
 * @param nameOf  their names
 * @param <S>     what they implement
 */
public record PlugIns<S>(Class<S> service, String what, Function<S, String> nameOf) {

    /**
     * Everything of a kind that is on the class path.
     *
     * @throws IllegalArgumentException with a sentence if one of them cannot be loaded
     */
    public static <S> List<S> all(final Class<S> service) {
        final List<S> found = new ArrayList<>();
        try {
            ServiceLoader.load(service).forEach(found::add);
        } catch (final ServiceConfigurationError | LinkageError e) {
            // "could not be instantiated" alone does not say why
            throw new IllegalArgumentException("a plug-in for " + service.getName() + " cannot be used: "
                + e.getMessage() + (e.getCause() == null ? "" : ": " + fault(e.getCause())), e);
        }
        return found;
    }

    /**
     * Makes what is called so.
     *
     * @param make        has a factory make it
     * @param builtIn     name of the one that is there without any plug-in
     * @param makeBuiltIn makes that
     * @throws IllegalArgumentException with a sentence: there is none of that name, and which there are; one cannot be
     *                                  loaded; two have one name; it could not be made; or its own if it refuses its
     *                                  settings
     */
    public <T> T make(final String name, final Function<S, T> make, final String builtIn,
        final Supplier<T> makeBuiltIn) {
        final Map<String, S> named = byName(builtIn);
        if (named.containsKey(name)) {
            return made(name, named.get(name), make);
        }
        if (name.equals(builtIn)) {
            return makeBuiltIn.get();
        }
        final TreeSet<String> names = new TreeSet<>(named.keySet());
        names.add(builtIn);
        throw new IllegalArgumentException("there is no " + what + " '" + name + "'; there are "
            + String.join(", ", names));
    }

    private Map<String, S> byName(final String builtIn) {
        final Map<String, S> named = new TreeMap<>();
        for (final S each : all(service)) {
            final String name = nameOf.apply(each);
            final String maker = each.getClass().getName();
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException("the " + what + " of " + maker + " has no name");
            }
            if (name.equals(builtIn)) {
                throw new IllegalArgumentException("the " + what + " of " + maker + " is called '" + name
                    + "' like the one that is there without any plug-in");
            }
            final S other = named.put(name, each);
            if (other != null) {
                throw new IllegalArgumentException("two plug-ins make a " + what + " '" + name + "': "
                    + other.getClass().getName() + " and " + maker);
            }
        }
        return named;
    }

    private <T> T made(final String name, final S factory, final Function<S, T> make) {
        final T made;
        try {
            made = make.apply(factory);
        } catch (final RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            if (e.getClass() == IllegalArgumentException.class) {
                throw e;
            }
            throw new IllegalArgumentException(what + " '" + name + "' could not be made: " + fault(e), e);
        }
        if (made == null) {
            throw new IllegalArgumentException(what + " '" + name + "' could not be made: "
                + factory.getClass().getName() + " returned null");
        }
        return made;
    }

    /** What a user's code threw, and where: one line that leads to the line in the source. */
    public static String fault(final Throwable thrown) {
        final StackTraceElement[] trace = thrown.getStackTrace();
        return thrown + Arrays.stream(trace).filter(frame -> !frame.getClassName().startsWith("java.")).findFirst()
            .map(frame -> " at " + frame).orElse("");
    }

    /**
     * Whether a node goes on after a user's code threw this. Of what the virtual machine itself complains about, only a
     * stack that was too deep is that code's own fault.
     */
    public static boolean survivable(final Throwable thrown) {
        return !(thrown instanceof VirtualMachineError) || thrown instanceof StackOverflowError;
    }
}
