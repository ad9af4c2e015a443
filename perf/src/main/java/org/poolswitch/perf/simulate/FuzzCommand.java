// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.perf.simulate.node.NodeFuzz;
import org.poolswitch.sim.sctp.CommandFuzz;
import org.poolswitch.sim.sctp.LiveFuzz;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code poolswitch fuzz}: seed after seed for as long as one likes. */
@Command(name = "fuzz", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Sends mutated packets into live SCTP associations in every state, gives commands and packets in any "
        + "order to a pair of machines, mutated messages to every decoder, and long and mutated ones to whole nodes "
        + "with calls in them. Exit status 0 only if nothing broke.")
public final class FuzzCommand implements Callable<Integer> {
    private static final int PACKETS = 5_000;
    private static final int STEPS = 1_500;
    private static final int MESSAGES = 20_000;
    private static final int NODE_STEPS = 5_000;
    private static final long MOST_MINUTES = TimeUnit.DAYS.toMinutes(365);

    @Option(names = "--minutes", paramLabel = "N", defaultValue = "1",
        description = "How long; 0 is one seed (default: ${DEFAULT-VALUE}).")
    private long minutes;

    @Option(names = "--seed", paramLabel = "FIRST", defaultValue = "1",
        description = "First seed; a failure names its own, and --minutes 0 --seed SEED shows it again (default: "
            + "${DEFAULT-VALUE}).")
    private long first;

    private long packets;
    private long bad;

    @Override
    public Integer call() throws ConfigException {
        if (minutes < 0 || minutes > MOST_MINUTES) {
            throw new ConfigException("--minutes is 0 to " + MOST_MINUTES + ", not " + minutes);
        }
        final long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        long report = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        long seed = first;
        do {
            one(seed++);
            if (System.nanoTime() > report) {
                report += TimeUnit.SECONDS.toNanos(10);
                System.out.println(seed - first + " seeds, " + packets + " packets, " + bad + " failures");
            }
        } while (System.nanoTime() < end);
        System.out.println(seed - first + " seeds, " + packets + " packets, " + bad + " failures");
        return bad == 0 ? 0 : 1;
    }

    private void one(final long seed) {
        for (final LiveFuzz.State state : LiveFuzz.State.values()) {
            guarded(seed, state.name(), () -> {
                final LiveFuzz fuzz = new LiveFuzz(new SplittableRandom(seed ^ (long) state.ordinal() << 56));
                fuzz.run(state, PACKETS);
                packets += fuzz.arrived();
            });
        }
        guarded(seed, "commands", () -> new CommandFuzz(new SplittableRandom(seed)).run(STEPS));
        guarded(seed, "decoders", () -> {
            final List<String> wrong = new ParserFuzz(new SplittableRandom(seed)).run(MESSAGES);
            if (!wrong.isEmpty()) {
                throw new IllegalStateException(String.join("\n  ", wrong));
            }
        });
        guarded(seed, "nodes", () -> packets += new NodeFuzz(seed).run(NODE_STEPS));
    }

    private void guarded(final long seed, final String what, final Runnable run) {
        try {
            run.run();
        } catch (final RuntimeException | AssertionError e) {
            bad++;
            System.out.println("seed " + seed + ", " + what + ": " + e);
            for (int i = 0; i < Math.min(6, e.getStackTrace().length); i++) {
                System.out.println("    " + e.getStackTrace()[i]);
            }
        }
    }
}
