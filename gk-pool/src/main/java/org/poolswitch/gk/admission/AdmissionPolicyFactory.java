// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.admission;

import java.util.Map;
import java.util.ServiceLoader;
import org.poolswitch.runtime.PlugIns;

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
     * Finds one by its name and makes it.
     *
     * @throws IllegalArgumentException with a sentence, see {@link PlugIns#make}
     */
    static AdmissionPolicy find(final String name, final Map<String, String> settings) {
        return new PlugIns<>(AdmissionPolicyFactory.class, "admission policy", AdmissionPolicyFactory::name).make(name,
            factory -> factory.create(settings), DEFAULT, () -> PrefixAdmission.of(settings));
    }
}
