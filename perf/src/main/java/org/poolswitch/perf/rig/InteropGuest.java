// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.kernel.KernelSysctls;

/**
 * What runs inside the guest, in the namespace "ours": plays cases one after the other. A line {@code == ok NAME
 * VALUES} or {@code == failed NAME VALUES WHY} tells how each went.
 */
public final class InteropGuest {
    /** Begins the lines that {@link InteropSuite} understands. */
    static final String MARK = "== ";

    private InteropGuest() {
    }

    /** As {@code ./poolswitch sysctl} advises an operator; for associations that open from now on. */
    static void applyAdvice(final SctpConfig config) throws IOException {
        for (final KernelSysctls.Setting setting : KernelSysctls.wanted(config)) {
            Files.writeString(KernelSysctls.PROC.resolve(setting.name()), Long.toString(setting.value()));
        }
    }

    /** Folder of programs, folder for captures, messages, names of cases. */
    public static void main(final String[] args) throws Exception {
        int failed = 0;
        for (int i = 3; i < args.length; i++) {
            final InteropCase run = InteropCase.of(args[i]);
            System.out.println(MARK + "begin " + run.name());
            final InteropRun game = new InteropRun(run, Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[2]));
            String wrong;
            try {
                applyAdvice(SctpConfig.carrier());
                wrong = game.play();
            } catch (final Exception e) {
                final StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                System.out.println(trace);
                wrong = e.toString();
            }
            failed += wrong.isEmpty() ? 0 : 1;
            System.out.println(MARK + (wrong.isEmpty() ? "ok " : "failed ") + run.name() + " " + game.values()
                + (wrong.isEmpty() ? "" : " " + wrong.replace('\n', ' ')));
        }
        System.exit(failed == 0 ? 0 : 1);
    }
}
