// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolswitch.perf.JavaProcesses;

/**
 * Three registrars, elements and the tools as processes of their own, by the command line alone: one registrar is
 * killed with SIGKILL, another takes over what it owned, and it comes back. How soon is not asked here.
 */
class RegistrarProcessesTest {
    private static final String PEERS = "127.77.0.1,127.77.0.2,127.77.0.3";
    private static final long PATIENCE_NS = 60_000_000_000L;

    @TempDir
    private Path logs;
    private JavaProcesses processes;
    private int tools;

    @BeforeEach
    void begin() {
        processes = new JavaProcesses(logs, JavaProcesses.LIBRARY);
    }

    @AfterEach
    void end() {
        processes.close();
    }

    private Process start(final String log, final String... arguments) throws IOException {
        final List<String> all = new ArrayList<>(List.of("org.poolswitch.perf.Main"));
        all.addAll(List.of(arguments));
        return processes.start(log, all.toArray(String[]::new));
    }

    private Process node(final String log, final String... arguments) throws IOException {
        final List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--events", "--no-warm-up", "--exit-with", Long.toString(ProcessHandle.current().pid())));
        return start(log, all.toArray(String[]::new));
    }

    private Process registrar(final String log, final int number, final String id) throws IOException {
        return node(log, "registrar", "--address", "127.77.0." + number, "--peer", PEERS, "--server-id", id,
            // three machines' worth of start-ups on one small host
            "--enrp", "MAX-TIME-LAST-HEARD=2s,MAX-TIME-NO-RESPONSE=2s,Takeover.Timeout=2s,"
                + "Keep.Alive.Interval=20s,Keep.Alive.Timeout=5s");
    }

    private String log(final String name) throws IOException {
        return processes.log(name);
    }

    private interface Said {
        String now() throws IOException, InterruptedException;
    }

    private static String until(final String expression, final Said said) throws Exception {
        final long end = System.nanoTime() + PATIENCE_NS;
        String last;
        do {
            last = said.now();
            if (Pattern.compile(expression, Pattern.DOTALL).matcher(last).find()) {
                return last;
            }
            Thread.sleep(100);
        } while (System.nanoTime() < end);
        assertThat(last).containsPattern(Pattern.compile(expression, Pattern.DOTALL));
        return last;
    }

    /** What {@code poolswitch pools} says of a registrar. */
    private String pools(final int registrar) throws IOException, InterruptedException {
        final String name = "tool" + tools++;
        final Process tool = start(name, "pools", "--registrar", "127.77.0." + registrar, "--json");
        assertThat(tool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return log(name);
    }

    private static String home(final String id) {
        return "\"element\":\"[0-9a-f]{8}\",\"homeRegistrar\":\"" + id + "\"";
    }

    @Test
    void aRegistrarThatIsKilledIsTakenOverAndComesBack() throws Exception {
        registrar("r1", 1, "11111111");
        final Process second = registrar("r2", 2, "22222222");
        registrar("r3", 3, "33333333");
        for (final String each : new String[] {"r1", "r2", "r3"}) {
            until("event in-service", () -> log(each));
        }
        // it knows no other registrar, so it cannot leave by itself
        node("lone", "register", "echo", "--address", "127.77.0.21", "--registrar", "127.77.0.2", "--echo");
        until("registered in pool echo", () -> log("lone"));
        for (int i = 1; i <= 3; i++) {
            final int registrar = i;
            until(home("22222222"), () -> pools(registrar));
        }
        second.destroyForcibly().waitFor();
        until("event takeover server=22222222", () -> log("r1"));
        until("event takeover server=22222222", () -> log("r3"));
        // the larger identifier of those that began, or the only one that did; both registrars say the same
        final String homes = until(home("(11111111|33333333)"), () -> pools(1));
        final String heir = homes.contains("\"homeRegistrar\":\"33333333\"") ? "33333333" : "11111111";
        until(home(heir), () -> pools(3));
        final Process resolve = start("resolve", "resolve", "echo", "--registrar", "127.77.0.1,127.77.0.3");
        assertThat(resolve.waitFor()).as(log("resolve")).isZero();
        assertThat(log("resolve")).contains("127.77.0.21:5000");
        registrar("r2-again", 2, "22222222");
        until("event in-service peers=2 elements=1", () -> log("r2-again"));
        until(home("(11111111|22222222|33333333)"), () -> pools(2));
    }
}
