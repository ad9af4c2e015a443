// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.admission;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Makes a user's admission policy; found with {@link ServiceLoader} and chosen by its name in the configuration. */
public interface AdmissionPolicyFactory {
    /** Name of the policy that is there without any plug-in. */
    String DEFAULT = "prefix";

    /** The name that {@code admission = NAME} chooses. */
    String name();

    /**
     * Makes the policy; called once per process.
     *
     * @param settings what the configuration gives it
     * @throws IllegalArgumentException with a sentence for a setting that makes no sense
     */
    AdmissionPolicy create(Map<String, String> settings);

    /**
     * Finds a policy by its name and makes it.
     *
     * @throws IllegalArgumentException with a sentence that lists the names there are
     */
    static AdmissionPolicy find(final String name, final Map<String, String> settings) {
        final TreeMap<String, AdmissionPolicyFactory> found = new TreeMap<>();
        for (final AdmissionPolicyFactory factory : ServiceLoader.load(AdmissionPolicyFactory.class)) {
            found.put(factory.name(), factory);
        }
        if (found.containsKey(name)) {
            return found.get(name).create(settings);
        }
        if (name.equals(DEFAULT)) {
            return PrefixAdmission.of(settings);
        }
        found.put(DEFAULT, null);
        throw new IllegalArgumentException("there is no admission policy '" + name + "'; there are "
            + String.join(", ", found.keySet()));
    }
}
