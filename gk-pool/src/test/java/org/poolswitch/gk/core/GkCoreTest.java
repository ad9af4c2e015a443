// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.poolswitch.gk.admission.AdmissionPolicy;
import org.poolswitch.gk.admission.PrefixAdmission;
import org.poolswitch.ras.AdmissionConfirm;
import org.poolswitch.ras.AdmissionReject;
import org.poolswitch.ras.AdmissionRejectReason;
import org.poolswitch.ras.AdmissionRequest;
import org.poolswitch.ras.BandwidthConfirm;
import org.poolswitch.ras.BandwidthReject;
import org.poolswitch.ras.BandwidthRequest;
import org.poolswitch.ras.DisengageConfirm;
import org.poolswitch.ras.DisengageReject;
import org.poolswitch.ras.DisengageRequest;
import org.poolswitch.ras.Guid;
import org.poolswitch.ras.RasCodec;
import org.poolswitch.ras.RasMessage;
import org.poolswitch.ras.UnknownMessageResponse;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SendStatus;

/** A gatekeeper stepped by hand. */
class GkCoreTest {
    private static final byte[] KEY = new byte[32];
    private static final Guid CALL = new Guid(1, 2);
    private static final long SECOND = 1_000_000_000L;

    private final FakeElement element = new FakeElement();
    private GkCore gk = gatekeeper(element, Map.of(PrefixAdmission.MOST_CALLS, "2", PrefixAdmission.DENY, "1900",
        PrefixAdmission.MOST_BANDWIDTH, "250"));

    private static GkCore gatekeeper(final FakeElement element, final Map<String, String> settings) {
        return new GkCore(GkConfig.defaults(KEY), PrefixAdmission.of(settings), listener -> element, null,
            GkObserver.NONE);
    }

    private static AdmissionRequest arq(final int number, final String endpoint, final String called, final Guid call) {
        return AdmissionRequest.of(number, endpoint, called, null, 100, 7, call, call);
    }

    private RasMessage ask(final int association, final RasMessage message) throws MalformedException {
        final byte[] octets = RasCodec.encode(message);
        gk.onUserMessage(association, 3, RasCodec.PPID, octets, 0, octets.length, 0);
        return last();
    }

    private RasMessage last() throws MalformedException {
        final FakeElement.Sent last = element.sent.get(element.sent.size() - 1);
        assertThat(last.stream()).isEqualTo(3);
        return RasCodec.decode(last.bytes(), 0, last.bytes().length);
    }

    @Test
    void admitsOnceHoweverOftenACallIsAskedFor() throws MalformedException {
        assertThat(ask(1, arq(1, "a", "1202", CALL))).isInstanceOf(AdmissionConfirm.class);
        assertThat(ask(2, arq(9, "b", "1202", CALL))).isInstanceOfSatisfying(AdmissionConfirm.class,
            acf -> assertThat(acf.requestSeqNum()).isEqualTo(9));
        assertThat(gk.admissions()).isOne();
        assertThat(gk.bandwidth()).isEqualTo(100);
        assertThat(gk.counters().get(GkCounter.ADMITTED_AGAIN)).isOne();
    }

    @Test
    void theCookieGoesBeforeTheAnswer() throws MalformedException {
        ask(1, arq(1, "a", "1202", CALL));
        assertThat(element.sent).extracting(FakeElement.Sent::ppid).containsExactly(11, RasCodec.PPID);
    }

    @Test
    void onlyTheOwnerDisengagesAndAnUnknownCallIsDisengagedAlready() throws MalformedException {
        ask(1, arq(1, "a", "1202", CALL));
        ask(2, arq(2, "b", "1202", CALL));
        assertThat(ask(1, DisengageRequest.of(3, "a", 7, CALL, CALL))).isInstanceOf(DisengageReject.class);
        assertThat(gk.admissions()).isOne();
        assertThat(ask(2, DisengageRequest.of(4, "b", 7, CALL, CALL))).isInstanceOf(DisengageConfirm.class);
        assertThat(gk.admissions()).isZero();
        assertThat(gk.bandwidth()).isZero();
        assertThat(ask(2, DisengageRequest.of(5, "b", 7, CALL, CALL))).isInstanceOf(DisengageConfirm.class);
    }

    @Test
    void refusesByPrefixCallsAndBandwidth() throws MalformedException {
        assertThat(reason(arq(1, "a", "19005", CALL))).isEqualTo(AdmissionRejectReason.INVALID_PERMISSION);
        ask(1, arq(2, "a", "1", new Guid(5, 1)));
        ask(1, arq(3, "a", "1", new Guid(5, 2)));
        assertThat(reason(arq(4, "a", "1", new Guid(5, 3)))).isEqualTo(AdmissionRejectReason.RESOURCE_UNAVAILABLE);
        ask(1, DisengageRequest.of(5, "a", 7, new Guid(5, 1), new Guid(5, 1)));
        final AdmissionRequest wide = AdmissionRequest.of(6, "a", "1", null, 151, 7, CALL, CALL);
        assertThat(reason(wide)).isEqualTo(AdmissionRejectReason.RESOURCE_UNAVAILABLE);
        assertThat(gk.counters().get(GkCounter.REJECTED)).isEqualTo(3);
    }

    private AdmissionRejectReason reason(final AdmissionRequest request) throws MalformedException {
        return ((AdmissionReject) ask(1, request)).rejectReason();
    }

    @Test
    void aPolicyThatFailsCostsTheCallAndNotTheGatekeeper() throws MalformedException {
        final List<AdmissionPolicy> bad = List.of((request, calls, bandwidth) -> {
            throw new IllegalStateException("no route to the database");
        }, (request, calls, bandwidth) -> {
            throw new NoSuchMethodError("compiled against another version");
        }, (request, calls, bandwidth) -> AdmissionRejectReason.SECURITY_ERROR);
        for (final AdmissionPolicy policy : bad) {
            final List<Throwable> faults = new ArrayList<>();
            gk = new GkCore(GkConfig.defaults(KEY), policy, listener -> element, null, new GkObserver() {
                @Override
                public void onPolicyFault(final Throwable fault) {
                    faults.add(fault);
                }
            });
            assertThat(reason(arq(1, "a", "1202", CALL))).isEqualTo(AdmissionRejectReason.UNDEFINED_REASON);
            assertThat(faults).hasSize(1);
            assertThat(gk.counters().get(GkCounter.POLICY_FAULTS)).isOne();
            assertThat(gk.admissions()).isZero();
        }
    }

    @Test
    void anotherGatekeeperRebuildsTheAdmissionFromTheCookie() throws MalformedException {
        ask(1, arq(1, "a", "1202", CALL));
        final byte[] cookie = element.sent.get(0).bytes();
        final FakeElement elsewhere = new FakeElement();
        final GkCore other = gatekeeper(elsewhere, Map.of());
        other.onCookieEcho(8, 4, cookie, 0, cookie.length, 0);
        assertThat(other.admissions()).isOne();
        assertThat(other.bandwidth()).isEqualTo(100);
        assertThat(elsewhere.sent).hasSize(1);
        final byte[] drq = RasCodec.encode(DisengageRequest.of(4, "a", 7, CALL, CALL));
        other.onUserMessage(8, 4, RasCodec.PPID, drq, 0, drq.length, 0);
        assertThat(other.admissions()).isZero();
    }

    @Test
    void aCookieThatWasTouchedIsWorthNothing() throws MalformedException {
        ask(1, arq(1, "a", "1202", CALL));
        final byte[] cookie = element.sent.get(0).bytes();
        final GkCore other = gatekeeper(new FakeElement(), Map.of());
        for (int i = 0; i < cookie.length; i++) {
            final byte[] touched = cookie.clone();
            touched[i] ^= 1;
            other.onCookieEcho(8, 4, touched, 0, touched.length, 0);
            other.onCookieEcho(8, 4, cookie, 0, i, 0);
        }
        assertThat(other.admissions()).isZero();
        assertThat(other.counters().get(GkCounter.BAD_COOKIES)).isEqualTo(2L * cookie.length);
    }

    @Test
    void admissionsOfALostControllerAreHeldForWhoeverAsksAndThenEnd() throws MalformedException {
        ask(1, arq(1, "a", "1", new Guid(5, 1)));
        ask(1, arq(2, "a", "1", new Guid(5, 2)));
        gk.onUserDown(1, 0);
        assertThat(gk.nextDeadlineNs()).isEqualTo(10 * SECOND);
        ask(2, arq(3, "b", "1", new Guid(5, 1)));
        gk.onDeadline(10 * SECOND);
        assertThat(gk.admissions()).isOne();
        assertThat(gk.counters().get(GkCounter.ORPHANS_ENDED)).isOne();
    }

    @Test
    void bandwidthChangesForTheOwnerOnly() throws MalformedException {
        ask(1, arq(1, "a", "1202", CALL));
        assertThat(ask(1, new BandwidthRequest(2, "a", CALL, 7, null, 40, null, CALL, false)))
            .isInstanceOf(BandwidthConfirm.class);
        assertThat(gk.bandwidth()).isEqualTo(40);
        assertThat(ask(1, new BandwidthRequest(3, "x", CALL, 7, null, 90, null, CALL, false)))
            .isInstanceOf(BandwidthReject.class);
        assertThat(gk.bandwidth()).isEqualTo(40);
    }

    @Test
    void whatIsNotUnderstoodIsAnsweredWithXrsAndGarbageIsCounted() throws MalformedException {
        final byte[] octets = RasCodec.encode(arq(77, "a", "1202", CALL));
        gk.onUserMessage(1, 3, RasCodec.PPID, octets, 0, 12, 0);
        assertThat(last()).isInstanceOfSatisfying(UnknownMessageResponse.class,
            xrs -> assertThat(xrs.requestSeqNum()).isEqualTo(77));
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            final byte[] mutated = octets.clone();
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            gk.onUserMessage(1, 3, RasCodec.PPID, mutated, 0, random.nextInt(mutated.length + 1), 0);
        }
        assertThat(gk.counters().get(GkCounter.MALFORMED)).isPositive();
        assertThat(gk.admissions()).isLessThanOrEqualTo(2);
    }

    @Test
    void aControllerThatTakesNoMoreIsLetGo() throws MalformedException {
        element.status = SendStatus.FULL;
        ask(1, arq(1, "a", "1202", CALL));
        assertThat(element.aborted).contains(1);
    }
}
