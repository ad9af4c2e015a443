// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.poolswitch.gk.admission.PrefixAdmission;
import org.poolswitch.ras.AdmissionRequest;
import org.poolswitch.ras.CallModel;
import org.poolswitch.ras.CallReport;
import org.poolswitch.ras.CallType;
import org.poolswitch.ras.DisengageRequest;
import org.poolswitch.ras.Guid;
import org.poolswitch.ras.InfoRequest;
import org.poolswitch.ras.InfoRequestResponse;
import org.poolswitch.ras.Octets;
import org.poolswitch.ras.RasCodec;
import org.poolswitch.ras.RasMessage;
import org.poolswitch.ras.TransportAddress;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.MalformedException;

/** Admissions whose DRQ never came: their controller is asked, and believed. */
class StatusInquiryTest {
    private static final byte[] KEY = new byte[32];
    private static final Guid CALL = new Guid(1, 2);
    private static final Guid OTHER = new Guid(3, 4);
    private static final long INTERVAL = 60;
    private static final long ANSWER = 3;
    private static final TransportAddress HERE = new TransportAddress.NetBios(
        Octets.of(new byte[16]));

    private final FakeElement element = new FakeElement();
    private GkCore gk;

    @BeforeEach
    void oneCallIsAdmitted() {
        start(INTERVAL);
        say(1, AdmissionRequest.of(1, "a", "1202", null, 100, 7, CALL, CALL), 0);
        element.sent.clear();
    }

    private void start(final long intervalNs) {
        gk = new GkCore(GkConfig.defaults(KEY).withStatus(intervalNs, ANSWER), PrefixAdmission.of(Map.of()),
            listener -> element, null, GkObserver.NONE);
    }

    private void say(final int association, final RasMessage message, final long nowNs) {
        final byte[] octets = RasCodec.encode(message);
        gk.onUserMessage(association, 0, RasCodec.PPID, octets, 0, octets.length, nowNs);
    }

    /** The questions since the last call of this, all on stream 0 of association 1. */
    private List<InfoRequest> asked() {
        final List<InfoRequest> all = new ArrayList<>();
        for (final FakeElement.Sent each : element.sent) {
            assertThat(each.association()).isOne();
            assertThat(each.stream()).isZero();
            try {
                all.add((InfoRequest) RasCodec.decode(each.bytes(), 0, each.bytes().length));
            } catch (final MalformedException e) {
                throw new AssertionError("a gatekeeper sends well-formed messages", e);
            }
        }
        element.sent.clear();
        return all;
    }

    private int question(final long nowNs) {
        assertThat(gk.nextDeadlineNs()).isEqualTo(nowNs);
        gk.onDeadline(nowNs);
        final List<InfoRequest> all = asked();
        assertThat(all).hasSize(1);
        assertThat(all.get(0).callIdentifier()).isEqualTo(CALL);
        assertThat(all.get(0).callReferenceValue()).isEqualTo(7);
        return all.get(0).requestSeqNum();
    }

    private static InfoRequestResponse yes(final int number) {
        return InfoRequestResponse.of(number, "a", HERE, new CallReport(7, CALL, CallType.POINT_TO_POINT, 100,
            CallModel.DIRECT, CALL));
    }

    private static InfoRequestResponse no(final int number) {
        return InfoRequestResponse.noSuchCall(number, "a", HERE);
    }

    @Test
    void aCallThatIsThereStays() {
        for (int minute = 1; minute < 5; minute++) {
            say(1, yes(question(minute * INTERVAL)), minute * INTERVAL);
        }
        assertThat(gk.admissions()).isOne();
    }

    @Test
    void oneThatIsNotThereIsOver() {
        say(1, no(question(INTERVAL)), INTERVAL);
        assertThat(gk.admissions()).isZero();
        assertThat(gk.bandwidth()).isZero();
        assertThat(gk.counters().get(GkCounter.STATUS_ENDED)).isOne();
        assertThat(gk.nextDeadlineNs()).isEqualTo(Machine.NO_DEADLINE);
    }

    @Test
    void soIsOneOfWhichNothingIsSaid() {
        final int first = question(INTERVAL);
        assertThat(question(INTERVAL + ANSWER)).as("the same question again").isEqualTo(first);
        gk.onDeadline(INTERVAL + 2 * ANSWER - 1);
        assertThat(gk.admissions()).isOne();
        gk.onDeadline(INTERVAL + 2 * ANSWER);
        assertThat(asked()).isEmpty();
        assertThat(gk.admissions()).isZero();
        assertThat(gk.counters().get(GkCounter.STATUS_UNANSWERED)).isOne();
    }

    @Test
    void theSecondAnswerIsAsGood() {
        question(INTERVAL);
        say(1, yes(question(INTERVAL + ANSWER)), INTERVAL + ANSWER);
        question(2 * INTERVAL + ANSWER);
        assertThat(gk.admissions()).isOne();
    }

    @Test
    void onlyWhoeverWasAskedIsBelieved() {
        final int number = question(INTERVAL);
        say(2, no(number), INTERVAL);
        say(1, no(number + 1), INTERVAL);
        assertThat(gk.admissions()).isOne();
        assertThat(gk.counters().get(GkCounter.UNEXPECTED)).isEqualTo(2);
    }

    /** A controller that takes over has spoken of it; the one before is not asked, and not believed any more. */
    @Test
    void aNewOwnerIsAskedLater() {
        final int number = question(INTERVAL);
        say(2, AdmissionRequest.of(1, "b", "1202", null, 100, 7, CALL, CALL), INTERVAL + 1);
        element.sent.clear();
        say(1, no(number), INTERVAL + 2);
        assertThat(gk.admissions()).isOne();
        assertThat(gk.nextDeadlineNs()).isEqualTo(2 * INTERVAL + 1);
    }

    @Test
    void whoIsGoneIsNotAsked() {
        question(INTERVAL);
        gk.onUserDown(1, INTERVAL + 1);
        assertThat(gk.nextDeadlineNs()).isEqualTo(INTERVAL + 1 + GkConfig.defaults(KEY).orphanHoldNs());
    }

    @Test
    void norOneThatHasDisengaged() {
        final int number = question(INTERVAL);
        say(1, DisengageRequest.of(3, "a", 7, CALL, CALL), INTERVAL + 1);
        say(1, no(number), INTERVAL + 2);
        assertThat(gk.counters().get(GkCounter.UNEXPECTED)).isOne();
        assertThat(gk.nextDeadlineNs()).isEqualTo(Machine.NO_DEADLINE);
    }

    @Test
    void withoutAnIntervalNobodyIsAsked() {
        start(0);
        say(1, AdmissionRequest.of(1, "a", "1202", null, 100, 7, OTHER, OTHER), 0);
        assertThat(gk.nextDeadlineNs()).isEqualTo(Machine.NO_DEADLINE);
        assertThatThrownBy(() -> GkConfig.defaults(KEY).withStatus(-1, 1)).hasMessageContaining("not -1 and 1");
    }
}
