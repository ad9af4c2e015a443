// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.poolswitch.launch.ConfigException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The interop suite as a command: all of it, or the runs one wants to look at. */
@Command(name = "interop", mixinStandardHelpOptions = true,
    description = "Plays against usrsctp and the Linux kernel's SCTP, in guests of its own (docs/interop.md).")
public final class InteropCommand implements Callable<Integer> {
    @Option(names = "--run", paramLabel = "WORD", split = ",",
        description = "Only runs whose name has all these words, for example usrsctp,listen,loss-5. Words: usrsctp, "
            + "kernel-udp, kernel; connect, listen; clean, loss-1, loss-5, reorder, duplicate, peer-killed, "
            + "ours-killed, path-cut, silence, restart (listen only), collision (connect only).")
    private List<String> words = List.of();

    @Option(names = "--messages", paramLabel = "N",
        description = "How many messages go each way in a run (default: ${DEFAULT-VALUE}).")
    private int messages = InteropSuite.MESSAGES;

    @Option(names = "--out", paramLabel = "DIR",
        description = "Where captures and logs go (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("target", "interop");

    /** A word is the peer, the role or the condition; "kernel" is not "kernel-udp". */
    private boolean isWanted(final InteropCase run) {
        return words.stream().allMatch(word -> Stream.of(run.peer().word(), run.listening() ? "listen" : "connect",
            run.condition().word()).anyMatch(word::equals));
    }

    private List<InteropCase> wanted() throws ConfigException {
        for (final String word : words) {
            if (InteropCase.all().stream().noneMatch(c -> List.of(c.peer().word(), "listen", "connect",
                c.condition().word()).contains(word))) {
                throw new ConfigException("no interop run has '" + word + "' in its name; see --help");
            }
        }
        final List<InteropCase> wanted = InteropCase.all().stream().filter(this::isWanted).toList();
        if (wanted.isEmpty()) {
            throw new ConfigException("no interop run is all of " + words);
        }
        return wanted;
    }

    @Override
    public Integer call() throws Exception {
        if (messages < InteropRun.LEAST_MESSAGES) {
            throw new ConfigException("--messages is at least " + InteropRun.LEAST_MESSAGES
                + ", so that a fault can strike in the middle");
        }
        final List<String> missing = InteropSuite.PROGRAMS.stream().filter(p -> !Guest.isInstalled(p)).toList();
        if (!missing.isEmpty()) {
            throw new ConfigException("not installed: " + String.join(", ", missing) + " (Debian: apt-get install "
                + InteropSuite.PACKAGES + ")");
        }
        final List<InteropCase> cases = wanted();
        int failed = 0;
        try (InteropSuite suite = InteropSuite.start(cases, out, messages, line -> { })) {
            for (final InteropCase run : cases) {
                final InteropSuite.Outcome outcome = suite.outcome(run).join();
                System.out.printf("%-6s %-66s %s%n", outcome.isGood() ? "ok" : "FAILED", run, outcome.values());
                if (!outcome.isGood()) {
                    failed++;
                    System.out.println("       " + outcome.wrong());
                }
            }
        }
        System.out.println(cases.size() - failed + " of " + cases.size() + " runs are good; packets and logs are in "
            + out);
        return failed == 0 ? 0 : 1;
    }
}
