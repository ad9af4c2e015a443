// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.poolswitch.gk.admission.AdmissionPolicy;
import org.poolswitch.gk.admission.AdmissionPolicyFactory;
import org.poolswitch.gk.admission.PrefixAdmission;
import org.poolswitch.ras.AdmissionRejectReason;
import org.poolswitch.ras.AdmissionRequest;

/**
 * For the demo and the benchmarks: admits as {@link PrefixAdmission} does, but keeps an admission request in its hands
 * when a file tells it to, so that the process can be killed in exactly that moment. Whoever takes the file away holds.
 */
public final class HoldAdmission implements AdmissionPolicyFactory {
    /** Setting: the file. */
    static final String FILE = "hold-file";
    private static final long LONGEST_HOLD_MILLIS = 5_000;

    @Override
    public String name() {
        return "hold";
    }

    @Override
    public AdmissionPolicy create(final Map<String, String> settings) {
        final String file = settings.get(FILE);
        if (file == null) {
            throw new IllegalArgumentException("admission 'hold' needs the setting " + FILE);
        }
        final Map<String, String> rest = new HashMap<>(settings);
        rest.remove(FILE);
        return new Holding(Path.of(file), PrefixAdmission.of(rest));
    }

    private record Holding(Path file, AdmissionPolicy then) implements AdmissionPolicy {
        @Override
        public AdmissionRejectReason decide(final AdmissionRequest request, final int calls, final long bandwidth) {
            if (Files.exists(file) && taken()) {
                System.out.println("event admission-held called=" + request.calledDigits());
                System.out.flush();
                try {
                    Thread.sleep(LONGEST_HOLD_MILLIS);
                } catch (final InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return then.decide(request, calls, bandwidth);
        }

        private boolean taken() {
            try {
                return Files.deleteIfExists(file);
            } catch (final IOException e) {
                return false;
            }
        }
    }
}
