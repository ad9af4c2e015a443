// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.poolswitch.observe.CapturedPacket;

/** What the demo says at its end, on the terminal and in {@code report.md}; and its verdict. */
final class DemoReport {
    private static final long BEFORE_NS = 200_000L;
    private static final long AFTER_NS = 20_000_000L;
    private final Path out;
    private final DemoMonitor monitor;
    private final NodeEvent replay;
    private final NodeEvent end;
    private final List<String> stuck;
    private final List<String> faults;
    private final List<String> failures = new ArrayList<>();

    DemoReport(final Path out, final DemoMonitor monitor, final NodeEvent replay, final NodeEvent end,
        final List<String> stuck, final List<String> faults) {
        this.out = out;
        this.monitor = monitor;
        this.replay = replay;
        this.end = end;
        this.stuck = stuck;
        this.faults = faults;
    }

    static String replayLine(final NodeEvent replay) {
        if (replay == null || !replay.kind().equals("replay")) {
            return "the replayed call did not end in time";
        }
        return String.format(Locale.ROOT,
            "%d call(s) replayed: %d forward messages played, %d of %d backward messages came: %s",
            replay.number("calls"), replay.number("forward"), replay.number("seen"), replay.number("expected"),
            replay.text("ok").equals("true") ? "as the capture has them" : "NOT as the capture has them");
    }

    /** Prints and writes everything. @return 0 only if no call was lost or doubled and nothing was left behind */
    int write(final List<Path> captures) throws IOException {
        final Path pcap = out.resolve("demo.pcap");
        final List<CapturedPacket> packets = PcapMerge.merge(captures, pcap);
        final Map<String, Integer> doubles = Doubles.in(Network.seizures(out));
        judge(doubles);
        final String ladder = ladder(packets);
        final StringBuilder text = new StringBuilder();
        text.append("\nOne call that went through a failover\n\n").append(ladder).append('\n')
            .append(monitor.gaps().table()).append('\n').append(monitor.registrars().table()).append('\n')
            .append(SetupTimes.table(Network.records(out), monitor.gaps().deaths())).append('\n')
            .append(calls(doubles)).append('\n');
        text.append(String.format(Locale.ROOT, "%d packets in %s%n", packets.size(), pcap));
        text.append(failures.isEmpty() ? "No call was lost, none was doubled.\n"
            : "FAILED: " + String.join("; ", failures) + "\n");
        System.out.print(text);
        Files.writeString(out.resolve("report.md"), "# Poolswitch demo\n\n" + replayLine(replay) + "\n\n- "
            + String.join("\n- ", faults) + "\n\n```" + text + "```\n");
        System.out.println("Report: " + out.resolve("report.md"));
        return failures.isEmpty() ? 0 : 1;
    }

    /** The call whose controller died under its hands, as its packets tell it. */
    private String ladder(final List<CapturedPacket> packets) throws IOException {
        final NodeEvent failover = monitor.ladderCall();
        final long[] times = new long[2];
        final String called = failover == null ? null : find(failover, times);
        if (called == null) {
            return "no call in set-up was hit this time\n";
        }
        final long wall = wallOffsetNs();
        final Map<Long, String> remarks = new TreeMap<>();
        monitor.gaps().deaths().forEach(d -> remarks.put(d.atNs() + wall, d.node() + ": " + d.kind().text()));
        return new CallLadder((int) failover.number("cic"), called, times[0] + wall - BEFORE_NS,
            times[1] + wall + AFTER_NS).of(packets, remarks);
    }

    /** The called number of the call that was on the circuit then. @param times gets its first and last moment */
    private String find(final NodeEvent failover, final long[] times) throws IOException {
        for (final String line : Files.readAllLines(Network.records(out))) {
            final String[] f = line.split(",");
            if (f[0].equals("called") || Long.parseLong(f[2]) != failover.number("cic")) {
                continue;
            }
            times[0] = Long.parseLong(f[4]);
            times[1] = Long.parseLong(f[8]);
            if (times[0] <= failover.number("recovered") && failover.number("recovered") <= times[1]) {
                return f[0];
            }
        }
        return null;
    }

    private static long wallOffsetNs() {
        final Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano() - System.nanoTime();
    }

    private void judge(final Map<String, Integer> doubles) {
        if (replay == null || !replay.text("ok").equals("true")) {
            failures.add("the real call was not replayed in order");
        }
        if (end == null) {
            failures.add("the SG did not finish");
        } else {
            count(end.number("lost"), "lost");
            count(end.number("offered") - end.number("ended"), "without an end");
            count(end.number("doubled") + doubles.size(), "doubled");
        }
        if (!stuck.isEmpty()) {
            failures.add("calls were left behind in " + String.join(", ", stuck));
        }
    }

    private void count(final long calls, final String what) {
        if (calls != 0) {
            failures.add(calls + " call(s) " + what);
        }
    }

    private String calls(final Map<String, Integer> doubles) {
        if (end == null) {
            return "calls: unknown, the SG did not finish\n";
        }
        return String.format(Locale.ROOT,
            "calls  offered %d, completed %d, busy %d, no answer %d, given up by the caller %d, "
            + "rejected %d, lost %d, doubled %d%n", end.number("offered"), end.number("completed"), end.number("busy"),
            end.number("noanswer"), end.number("abandoned"), end.number("rejected"), end.number("lost"),
            end.number("doubled") + doubles.size());
    }
}
