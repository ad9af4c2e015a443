// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.sctp.DownCause;

/** False alarms: an association that sends every millisecond, between processes, while every core is busy. */
final class Soak {
    private static final long LOOK_MS = 20;
    private static final double HOUR_NS = 3600e9;
    private static final int MOST_TOLD = 20;
    /** An hour without a word would leave its user in doubt. */
    private static final long PROGRESS_NS = 60_000_000_000L;

    private final BenchReport report;
    private final Plan plan;
    private final List<String> told = new ArrayList<>();
    private int alarms;
    private int suspicions;
    private long echoes;
    private long nextProgressNs;

    Soak(final BenchReport report, final Plan plan) {
        this.report = report;
        this.plan = plan;
    }

    void run() throws Exception {
        try (ChildProcess peer = ChildProcess.sink("--echo", "--address", Detection.PEER[0])) {
            final long until = System.nanoTime() + plan.soakNs();
            for (int i = 0; i < plan.busy(); i++) {
                keepBusy(until);
            }
            nextProgressNs = System.nanoTime() + PROGRESS_NS;
            while (System.nanoTime() - until < 0) {
                watch(until);
                if (!peer.isAlive()) {
                    throw new IllegalStateException("the peer's process ended");
                }
            }
        }
        report.table("false alarms of the carrier profile, " + plan.busy() + " threads busy on "
            + Runtime.getRuntime().availableProcessors() + " cores",
            List.of("seconds", "false alarms", "per hour", "suspicions", "echoes"));
        report.row("healthy peers given up", List.of(BenchReport.number(plan.soakNs() / 1e9, 0),
            Integer.toString(alarms), BenchReport.number(alarms / (plan.soakNs() / HOUR_NS), 1),
            Integer.toString(suspicions), BenchReport.number(echoes, 0)));
        told.forEach(report::note);
        report.note("a suspicion (onAssociationSuspect) is taken back when the peer answers; a false alarm is not");
        report.atMost("false alarms in " + BenchReport.number(plan.soakNs() / 1e9, 0) + " s of full load", alarms, 0,
            "");
        report.atLeast("echoes meanwhile", echoes, 1, "");
    }

    private static void keepBusy(final long until) {
        final Thread thread = new Thread(() -> {
            while (System.nanoTime() - until < 0) {
                Thread.onSpinWait();
            }
        }, "busy");
        thread.setDaemon(true);
        thread.start();
    }

    /** Until the association is lost or the time is over. */
    private void watch(final long until) throws Exception {
        try (End<Watcher> watcher = Detection.watcher("carrier", 1)) {
            while (System.nanoTime() - until < 0 && !watcher.node().isDown()) {
                Thread.sleep(LOOK_MS);
                progress(watcher.node(), until);
            }
            if (watcher.node().isDown() && watcher.node().cause() != DownCause.CONNECT_FAILED) {
                alarms++;
                tell(watcher.node(), until);
            }
            suspicions += watcher.node().suspicions();
            echoes += watcher.node().echoes();
        }
    }

    private void progress(final Watcher now, final long until) {
        if (System.nanoTime() - nextProgressNs < 0) {
            return;
        }
        nextProgressNs += PROGRESS_NS;
        System.err.printf("%d of %d s: %d false alarms, %d suspicions, %d echoes%n",
            (plan.soakNs() - (until - System.nanoTime())) / Plan.SECOND_NS, plan.soakNs() / Plan.SECOND_NS, alarms,
            suspicions + now.suspicions(), echoes + now.echoes());
    }

    private void tell(final Watcher lost, final long until) {
        final long atNs = plan.soakNs() - (until - lost.downNs());
        if (told.size() < MOST_TOLD) {
            told.add("after " + BenchReport.number(atNs / 1e9, 1) + " s: " + lost.cause() + ", "
                + BenchReport.number(lost.silentNs() / 1e6, 0) + " ms after the last echo");
        }
    }
}
