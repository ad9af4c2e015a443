// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf;

import java.util.concurrent.Callable;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.kernel.KernelSysctls;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what a host of nodes with the kernel's SCTP should have in {@code /etc/sysctl.d}. */
@Command(name = "sysctl", mixinStandardHelpOptions = true,
    description = "Prints the net.sctp lines for hosts whose nodes run with --transport kernel.")
final class SysctlCommand implements Callable<Integer> {
    @Option(names = "--profile", paramLabel = "carrier|rfc", defaultValue = "carrier",
        description = "Timers: milliseconds for networks one owns, or the standards' defaults "
            + "(default: ${DEFAULT-VALUE}).")
    private String profile;

    @Override
    public Integer call() throws ConfigException {
        final SctpConfig wanted = switch (profile) {
            case "carrier" -> SctpConfig.carrier();
            case "rfc" -> SctpConfig.rfc();
            default -> throw new ConfigException("--profile is 'carrier' or 'rfc', not '" + profile + "'");
        };
        System.out.println("# SCTP in the kernel, profile " + profile + ". Write this to "
            + "/etc/sysctl.d/60-poolswitch.conf on every host,");
        System.out.println("# load the module at boot (/etc/modules-load.d) and run 'sysctl --system'. Associations "
            + "that are up keep the old values.");
        KernelSysctls.read(KernelSysctls.PROC).lines(wanted).forEach(System.out::println);
        return 0;
    }
}
