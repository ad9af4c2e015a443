// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.lang.management.ManagementFactory;
import java.util.List;

/** The JVM options of this process, for its children: the launcher chose them once for all nodes. */
final class JvmOptions {
    private JvmOptions() {
    }

    static List<String> ofThisProcess() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> !option.startsWith("-agentlib") && !option.startsWith("-javaagent")).toList();
    }
}
