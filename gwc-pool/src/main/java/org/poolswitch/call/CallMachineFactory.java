// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.call;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Makes a user's call machine; found with {@link ServiceLoader} and chosen by its name in the configuration. */
public interface CallMachineFactory {
    /** Name of the machine that is there without any plug-in. */
    String DEFAULT = "isup";

    /** The name that {@code call-machine = NAME} chooses. */
    String name();

    /**
     * Makes the machine; called once per process.
     *
     * @param settings what the configuration gives it
     * @throws IllegalArgumentException with a sentence for a setting that makes no sense
     */
    CallMachine create(Map<String, String> settings);

    /**
     * Finds a machine by its name and makes it.
     *
     * @throws IllegalArgumentException with a sentence that lists the names there are
     */
    static CallMachine find(final String name, final Map<String, String> settings) {
        final TreeMap<String, CallMachineFactory> found = new TreeMap<>();
        for (final CallMachineFactory factory : ServiceLoader.load(CallMachineFactory.class)) {
            found.put(factory.name(), factory);
        }
        if (found.containsKey(name)) {
            return found.get(name).create(settings);
        }
        if (name.equals(DEFAULT)) {
            return new OrdinaryCalls(settings);
        }
        found.put(DEFAULT, null);
        throw new IllegalArgumentException("there is no call machine '" + name + "'; there are "
            + String.join(", ", found.keySet()));
    }
}
