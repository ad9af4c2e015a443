// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.call;

import java.util.Map;
import java.util.ServiceLoader;
import org.poolswitch.runtime.PlugIns;

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
     * Finds one by its name and makes it.
     *
     * @throws IllegalArgumentException with a sentence, see {@link PlugIns#make}
     */
    static CallMachine find(final String name, final Map<String, String> settings) {
        return new PlugIns<>(CallMachineFactory.class, "call machine", CallMachineFactory::name).make(name,
            factory -> factory.create(settings), DEFAULT, () -> new OrdinaryCalls(settings));
    }
}
