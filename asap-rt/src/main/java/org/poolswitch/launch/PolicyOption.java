// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import org.poolswitch.asap.AsapConfig;
import picocli.CommandLine.Option;

/** With which policy a pool element joins its pool (RFC 5356). All elements of a pool need the same type. */
public final class PolicyOption {
    @Option(names = "--policy", paramLabel = "NAME[:VALUE,...]",
        description = "Selection policy of the pool, and this element's values: RR, WRR:WEIGHT, RAND, WRAND:WEIGHT, "
            + "PRIO:PRIORITY, LU:LOAD, LUD:LOAD,DEGRADATION, PLU:LOAD,DEGRADATION, RLU:LOAD; loads are percent and "
            + "follow the node's own load (default: RR).")
    private String policy;

    /** Checks it. @throws ConfigException with a sentence */
    public void validate() throws ConfigException {
        if (policy != null) {
            PolicyName.parse(policy);
        }
    }

    /** The node's configuration with what was given. @throws ConfigException with a sentence */
    public AsapConfig apply(final AsapConfig config) throws ConfigException {
        return policy == null ? config : config.withPolicy(PolicyName.parameter(policy));
    }

    /** For people. */
    public String text() {
        return policy == null ? "RR" : policy;
    }
}
