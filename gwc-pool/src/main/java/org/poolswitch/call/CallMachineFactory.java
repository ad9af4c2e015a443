// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.call;

import java.util.ServiceLoader;
import java.util.TreeMap;

/** Makes a user's call machine; found with {@link ServiceLoader} and chosen by its name in the configuration. */
public interface CallMachineFactory {
    /** Name of the machine that is there without any plug-in. */
    String DEFAULT = "isup";

    /** The name that {@code call-machine = NAME} chooses. */
    String name();

    /** Makes the machine; called once per process. */
    CallMachine create();

    /**
     * Finds a machine by its name.
     *
     * @throws IllegalArgumentException with a sentence that lists the names there are
     */
    static CallMachine find(final String name) {
        final TreeMap<String, CallMachineFactory> found = new TreeMap<>();
        for (final CallMachineFactory factory : ServiceLoader.load(CallMachineFactory.class)) {
            found.put(factory.name(), factory);
        }
        if (found.containsKey(name)) {
            return found.get(name).create();
        }
        if (name.equals(DEFAULT)) {
            return new CallMachine() {
            };
        }
        found.put(DEFAULT, null);
        throw new IllegalArgumentException("there is no call machine '" + name + "'; there are "
            + String.join(", ", found.keySet()));
    }
}
