// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.poolswitch.ras.Guid;

/** Calls that are taken over together renew their admissions one after another, within a bound. */
class AdmissionRenewalTest {
    private static Call call(final int cic) {
        final GwcConfig config = GwcConfig.defaults(new byte[32]);
        final CallServices services = new CallServices(config, null, null, null, null,
            new DialogueTools(null, 1, config.trunkGroup(), new SplittableRandom(1)), null, null);
        return new Call(services, new Origin(new CircuitId(1, 2, 2, 0, cic), 1, 1), new Guid(1, cic));
    }

    @Test
    void renewalsAreSpreadOverTheSlots() {
        final CallTimers timers = new CallTimers(new AdmissionRenewal(1_000, 10, 3));
        final long[] at = new long[4];
        for (int i = 0; i < at.length; i++) {
            final Call call = call(i);
            timers.armAdmission(call, 500);
            at[i] = call.admissionTimerNs;
        }
        assertThat(at).containsExactly(1_510, 1_520, 1_500, 1_510);
        assertThat(timers.nextNs()).isEqualTo(1_500);
    }

    @Test
    void whatCannotWorkIsRefusedWithASentence() {
        assertThatThrownBy(() -> new AdmissionRenewal(0, 1, 1)).hasMessageContaining("positive delay");
        assertThatThrownBy(() -> new AdmissionRenewal(1, -1, 1)).hasMessageContaining("not negative");
        assertThatThrownBy(() -> new AdmissionRenewal(1, 1, 0)).hasMessageContaining("one slot or more");
        assertThatThrownBy(() -> new AdmissionRenewal(1, Long.MAX_VALUE / 4, 9)).hasMessageContaining("never come");
    }
}
