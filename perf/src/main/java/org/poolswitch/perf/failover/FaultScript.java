// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.util.ArrayList;
import java.util.List;

/**
 * The demo's four faults, spread over the time in which calls are placed: a registrar is killed, so that another takes
 * its elements over; the gatekeeper that has just received an admission request is killed before it answers; a GWC with
 * calls in set-up and answered calls is killed; a GWC is stopped and goes on later. Killed nodes are started again.
 */
final class FaultScript {
    private static final int STEPS = 9;
    private final Faults faults;
    private final ProgressLine progress;
    private final long stepMillis;
    private final List<String> done = new ArrayList<>();

    /** @param seconds how long calls will be placed */
    FaultScript(final Faults faults, final ProgressLine progress, final double seconds) {
        this.faults = faults;
        this.progress = progress;
        this.stepMillis = (long) (seconds * 1000 / STEPS);
    }

    void run() throws Exception {
        Thread.sleep(stepMillis);
        final String registrar = Network.REGISTRARS.get(0);
        faults.kill(Death.Kind.KILL_REGISTRAR, registrar);
        say(registrar + " killed (SIGKILL)");
        faults.restart(registrar);
        Thread.sleep(stepMillis);
        faults.awaitUp(registrar);
        say(registrar + " started again");
        final String gk = faults.killGatekeeperWithRequest();
        say(gk + " killed (SIGKILL) with an admission request in its hands");
        faults.restart(gk);
        Thread.sleep(stepMillis);
        say(gk + " started again");
        faults.kill(Death.Kind.KILL_GWC, "gwc2");
        say("gwc2 killed (SIGKILL) with calls in set-up and answered calls");
        faults.restart("gwc2");
        Thread.sleep(stepMillis);
        faults.awaitUp("gwc2");
        say("gwc2 started again");
        say("gwc3 paused (SIGSTOP)");
        faults.pause("gwc3", stepMillis / 2);
        say("gwc3 goes on (SIGCONT)");
        faults.awaitUp(gk);
    }

    /** What was done, a sentence each. */
    List<String> done() {
        return done;
    }

    private void say(final String text) {
        done.add(text);
        progress.note(text);
    }
}
