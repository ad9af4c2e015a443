// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.poolswitch.ras.AdmissionRejectReason;
import org.poolswitch.ras.AdmissionRequest;
import org.poolswitch.ras.Guid;

/** The longest prefix decides. */
class PrefixAdmissionTest {
    private static AdmissionRejectReason decide(final AdmissionPolicy policy, final String called) {
        final Guid call = new Guid(1, 1);
        return policy.decide(AdmissionRequest.of(1, "e", called, null, 1, 1, call, call), 0, 0);
    }

    @Test
    void theLongestPrefixDecides() {
        final AdmissionPolicy policy = PrefixAdmission.of(Map.of("allow", "1202, 19005", "deny", "1900,12029"));
        assertThat(decide(policy, "12025550143")).isNull();
        assertThat(decide(policy, "12029")).isEqualTo(AdmissionRejectReason.INVALID_PERMISSION);
        assertThat(decide(policy, "190051")).isNull();
        assertThat(decide(policy, "19001")).isEqualTo(AdmissionRejectReason.INVALID_PERMISSION);
        assertThat(decide(policy, "44")).isEqualTo(AdmissionRejectReason.CALLED_PARTY_NOT_REGISTERED);
    }

    @Test
    void withoutPrefixesEverybodyMayBeCalled() {
        assertThat(decide(PrefixAdmission.of(Map.of()), "44")).isNull();
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedInWords() {
        assertThatThrownBy(() -> PrefixAdmission.of(Map.of("allow", "12x"))).hasMessageContaining("1 to 20 digits");
        assertThatThrownBy(() -> PrefixAdmission.of(Map.of("allow", "12", "deny", "12")))
            .hasMessageContaining("both allowed and denied");
        assertThatThrownBy(() -> PrefixAdmission.of(Map.of("max-calls", "many"))).hasMessageContaining("a number");
        assertThatThrownBy(() -> AdmissionPolicyFactory.find("nope", Map.of()))
            .hasMessageContaining("there are prefix");
    }
}
