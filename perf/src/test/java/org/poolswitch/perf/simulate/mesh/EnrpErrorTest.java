// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.poolswitch.enrp.core.EnrpCounter;
import org.poolswitch.enrp.core.TakeoverRule;
import org.poolswitch.enrp.wire.EnrpError;
import org.poolswitch.enrp.wire.EnrpType;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.rserpool.OperationError;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.sim.LinkQuality;

/** ENRP_ERROR from end to end (RFC 5353 section 2.10): who is told, of what, and who never is. */
class EnrpErrorTest {
    private static final int STRANGER = 0x77777777;

    private final MeshWorld mesh = new MeshWorld(41, LinkQuality.LAN, 1, TakeoverRule.RFC, 0);
    private final RawUser peer;

    EnrpErrorTest() {
        mesh.registrar(1);
        peer = new RawUser(mesh, 1, EnrpType.PORT, 1);
        mesh.runMillis(50);
    }

    /** PRESENCE with one parameter more. */
    private byte[] presence(final int parameter) {
        return presence(parameter, 1, 4);
    }

    /** PRESENCE with so many parameters more, each with so many octets of value. */
    private byte[] presence(final int parameter, final int number, final int octets) {
        final ParameterWriter out = new ParameterWriter(60_000).message(EnrpType.PRESENCE, 0).word(STRANGER).word(0);
        for (int i = 0; i < number; i++) {
            out.parameter(parameter, new byte[octets]);
        }
        return Arrays.copyOf(out.buffer(), out.finish());
    }

    private long errors() {
        return peer.answers().stream().filter(a -> a[0] == EnrpType.ERROR).count();
    }

    private long count(final EnrpCounter counter) {
        return mesh.server(1).meshCounters().get(counter);
    }

    private ByteBuffer onlyError() {
        assertThat(peer.answers().stream().filter(a -> a[0] == EnrpType.ERROR)).hasSize(1);
        return ByteBuffer.wrap(peer.answers().stream().filter(a -> a[0] == EnrpType.ERROR).findFirst().orElseThrow());
    }

    /** Both ids, then Operation Error with one cause. */
    private void assertCause(final int cause) {
        final ByteBuffer error = onlyError();
        assertThat(error.getInt(4)).isEqualTo(mesh.server(1).identifier());
        assertThat(error.getInt(8)).isEqualTo(STRANGER);
        assertThat(error.getShort(12)).isEqualTo((short) ParameterType.OPERATION_ERROR);
        assertThat(error.getShort(16)).isEqualTo((short) cause);
    }

    @Test
    void anUnknownParameterThatWantsToBeReportedIs() {
        peer.say(EnrpType.PPID, presence(0xc123));
        mesh.runMillis(50);
        assertCause(ErrorCause.UNRECOGNIZED_PARAMETER);
    }

    @Test
    void anUnknownMessageThatWantsToBeReportedIs() {
        final ParameterWriter out = new ParameterWriter(500).message(0x41, 0).word(STRANGER).word(0);
        peer.say(EnrpType.PPID, Arrays.copyOf(out.buffer(), out.finish()));
        mesh.runMillis(50);
        assertCause(ErrorCause.UNRECOGNIZED_MESSAGE);
        assertThat(count(EnrpCounter.UNRECOGNIZED)).isEqualTo(1);
    }

    @Test
    void whatDoesNotWantToBeReportedIsNot() {
        peer.say(EnrpType.PPID, presence(0x8123));
        mesh.runMillis(50);
        assertThat(peer.answers()).noneMatch(a -> a[0] == EnrpType.ERROR);
    }

    /** 8,192 empty parameters, each quoted in a cause of its own, would be more than the longest message. */
    @Test
    void ofAMessageFullOfUnknownParametersAsManyAreReportedAsFit() {
        peer.say(EnrpType.PPID, presence(0xc123, 8192, 0));
        mesh.runMillis(50);
        assertCause(ErrorCause.UNRECOGNIZED_PARAMETER);
        assertThat(onlyError().capacity()).isEqualTo(16 + OperationError.MOST_QUOTED);
    }

    @Test
    void aParameterThatIsTooLongToBeQuotedIsNotReported() {
        peer.say(EnrpType.PPID, presence(0xc123, 1, 50_000));
        mesh.runMillis(50);
        assertThat(errors()).isZero();
        peer.say(EnrpType.PPID, presence(0xc123));
        mesh.runMillis(50);
        assertThat(errors()).isEqualTo(1);
    }

    @Test
    void anAssociationIsToldOfFiftyErrorsAtOnceAndThenOfTenASecond() {
        for (int i = 0; i < 80; i++) {
            peer.say(EnrpType.PPID, presence(0xc123));
        }
        mesh.runMillis(20);
        assertThat(errors()).isEqualTo(50);
        assertThat(count(EnrpCounter.ERRORS_LIMITED)).isEqualTo(30);
        mesh.runMillis(1000);
        for (int i = 0; i < 80; i++) {
            peer.say(EnrpType.PPID, presence(0xc123));
        }
        mesh.runMillis(20);
        assertThat(errors()).isBetween(60L, 61L);
    }

    @Test
    void aStrangerIsAskedWhoItIsFiftyTimesAtOnceAndThenTenTimesASecond() {
        final ParameterWriter out = new ParameterWriter(100).message(EnrpType.INIT_TAKEOVER_ACK, 0).word(STRANGER)
            .word(0).word(5);
        final byte[] message = Arrays.copyOf(out.buffer(), out.finish());
        for (int i = 0; i < 80; i++) {
            peer.say(EnrpType.PPID, message);
        }
        mesh.runMillis(20);
        assertThat(peer.answers()).hasSize(50).allMatch(a -> a[0] == EnrpType.PRESENCE);
        assertThat(count(EnrpCounter.FROM_STRANGERS)).isEqualTo(80);
        assertThat(count(EnrpCounter.ERRORS_LIMITED)).isEqualTo(30);
        mesh.runMillis(1000);
        for (int i = 0; i < 80; i++) {
            peer.say(EnrpType.PPID, message);
        }
        mesh.runMillis(20);
        assertThat(peer.answers()).hasSizeBetween(60, 61);
    }

    @Test
    void whatOneAssociationSaysIsNotChargedToAnother() {
        final MeshWorld world = new MeshWorld(42, LinkQuality.LAN, 1, TakeoverRule.RFC, 0);
        world.registrar(1);
        final RawUser two = new RawUser(world, 1, EnrpType.PORT, 2);
        world.runMillis(50);
        for (int i = 0; i < 60; i++) {
            two.say(EnrpType.PPID, presence(0xc123));
        }
        world.runMillis(20);
        assertThat(two.answers().stream().filter(a -> a[0] == EnrpType.ERROR)).hasSize(100);
    }

    @Test
    void anErrorOfAPeerIsCountedAndNeverAnswered() {
        peer.say(EnrpType.PPID, presence(0x8123));
        mesh.runMillis(50);
        peer.answers().clear();
        final ParameterWriter out = new ParameterWriter(500);
        new EnrpError(STRANGER, mesh.server(1).identifier(),
            OperationError.of(ErrorCause.UNRECOGNIZED_MESSAGE, new byte[] {0x41, 0, 0, 4})).write(out);
        peer.say(EnrpType.PPID, Arrays.copyOf(out.buffer(), out.finish()));
        mesh.runMillis(50);
        assertThat(count(EnrpCounter.ERRORS_RECEIVED)).isEqualTo(1);
        assertThat(peer.answers()).noneMatch(a -> a[0] == EnrpType.ERROR);
    }
}
