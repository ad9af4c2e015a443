// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import java.io.PrintWriter;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs {@link KernelSctpContractTest} where there is no build tool: one line per test, exit status 0 if all pass. */
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

    public static void main(final String[] args) {
        final SummaryGeneratingListener summary = new SummaryGeneratingListener();
        final Launcher launcher = LauncherFactory.create();
        launcher.execute(LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(KernelSctpContractTest.class)).build(), summary, new Lines());
        summary.getSummary().printFailuresTo(new PrintWriter(System.out, true), 30);
        final long good = summary.getSummary().getTestsSucceededCount();
        final long all = summary.getSummary().getTestsFoundCount();
        System.out.println("kernel contract: " + good + " of " + all);
        System.exit(good == all && all > 0 ? 0 : 1);
    }
}
