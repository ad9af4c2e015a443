// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.kernel.KernelSysctls;

/**
 * Runs the kernel transport's tests where there is no build tool: one line per test, exit status 0 if all pass. Before
 * that it does to the guest's kernel what {@code ./poolswitch sysctl} advises an operator to do.
 */
public final class KernelContractMain {
    private KernelContractMain() {
    }

    private static final class Lines implements TestExecutionListener {
        private long startedNs;

        @Override
        public void executionStarted(final TestIdentifier test) {
            startedNs = System.nanoTime();
        }

        @Override
        public void executionFinished(final TestIdentifier test, final TestExecutionResult result) {
            if (test.isTest()) {
                System.out.println(result.getStatus() + " " + test.getDisplayName() + " "
                    + (System.nanoTime() - startedNs) / 1_000_000 + " ms");
            }
        }
    }

    /** An unknown name or a value that the kernel refuses ends the run. */
    private static void applyAdvice() throws IOException {
        for (final KernelSysctls.Setting setting : KernelSysctls.wanted(SctpConfig.carrier())) {
            Files.writeString(KernelSysctls.PROC.resolve(setting.name()), Long.toString(setting.value()));
        }
        final KernelSysctls now = KernelSysctls.read(KernelSysctls.PROC);
        System.out.println(now.describe());
        if (now.advice(SctpConfig.carrier()) != null) {
            throw new IOException("after the advice: " + now.advice(SctpConfig.carrier()));
        }
        // The guest is slow: time for a test to mend what it broke before the peer is given up.
        Files.writeString(KernelSysctls.PROC.resolve("association_max_retrans"), "12");
    }

    public static void main(final String[] args) throws IOException {
        applyAdvice();
        final SummaryGeneratingListener summary = new SummaryGeneratingListener();
        final Launcher launcher = LauncherFactory.create();
        launcher.execute(LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(KernelSctpContractTest.class),
                DiscoverySelectors.selectClass(KernelPathContractInGuest.class),
                DiscoverySelectors.selectClass(KernelEndingsInGuest.class)).build(), summary, new Lines());
        summary.getSummary().printFailuresTo(new PrintWriter(System.out, true), 30);
        final long good = summary.getSummary().getTestsSucceededCount();
        final long all = summary.getSummary().getTestsFoundCount();
        System.out.println("kernel contract: " + good + " of " + all);
        System.exit(good == all && all > 0 ? 0 : 1);
    }
}
