// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.poolswitch.sctp.DownCause;

class KernelVerdictTest {
    private static final IOException TIMED_OUT = new IOException("Connection timed out");
    private static final IOException RESET = new IOException("Connection reset by peer");
    private static final IOException BROKEN = new IOException("Broken pipe");

    private final KernelVerdict verdict = new KernelVerdict();

    @Test
    void anErrorNumberSaysMoreThanTheNotificationBeforeIt() {
        assertThat(verdict.onNotification(DownCause.PEER_ABORTED)).isTrue();
        assertThat(verdict.onError(TIMED_OUT, false)).isTrue();
        assertThat(verdict.cause()).isEqualTo(DownCause.PEER_SILENT);
        assertThat(verdict.onNotification(DownCause.SHUTDOWN)).as("too late").isFalse();
        assertThat(verdict.onError(RESET, true)).as("too late").isFalse();
        assertThat(verdict.cause()).isEqualTo(DownCause.PEER_SILENT);
    }

    @Test
    void aPeerThatSaysGoodbyeIsBelieved() {
        assertThat(verdict.onError(BROKEN, false)).isTrue();
        assertThat(verdict.onNotification(DownCause.SHUTDOWN)).isTrue();
        assertThat(verdict.onError(RESET, false)).isFalse();
        assertThat(verdict.cause()).isEqualTo(DownCause.SHUTDOWN);
    }

    @Test
    void aFailedWriteAloneMeansSilenceOnlyWhileNoPathWorks() {
        verdict.onError(BROKEN, false);
        assertThat(verdict.cause()).isEqualTo(DownCause.PEER_ABORTED);
        verdict.onError(BROKEN, true);
        assertThat(verdict.cause()).isEqualTo(DownCause.PEER_SILENT);
        verdict.onError(RESET, true);
        assertThat(verdict.cause()).as("an ABORT is no silence").isEqualTo(DownCause.PEER_ABORTED);
    }

    @Test
    void onlyAFailedWriteLeavesADoubt() {
        verdict.onError(BROKEN, false);
        assertThat(verdict.isDoubtful()).isTrue();
        verdict.onError(RESET, false);
        assertThat(verdict.isDoubtful()).isFalse();
        final KernelVerdict told = new KernelVerdict();
        told.onNotification(DownCause.PEER_ABORTED);
        assertThat(told.isDoubtful()).isFalse();
    }

    @Test
    void theKernelHasTwoWaitsToSpeakUnlessItHasSaidThatItIsOver() {
        assertThat(verdict.hasSettled()).isFalse();
        verdict.onWord();
        assertThat(verdict.hasSettled()).as("it was still speaking").isFalse();
        assertThat(verdict.hasSettled()).isTrue();
        final KernelVerdict told = new KernelVerdict();
        told.onEndOfSocket();
        assertThat(told.hasSettled()).isTrue();
    }
}
