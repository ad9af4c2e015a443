// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.enrp.core.AsapRig.GWC;
import static org.poolswitch.enrp.core.AsapRig.MS;
import static org.poolswitch.enrp.core.AsapRig.SERVER;
import static org.poolswitch.enrp.core.AsapRig.element;
import static org.poolswitch.enrp.core.AsapRig.ip;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.rserpool.ChecksumRule;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.rserpool.HandleResolutionOption;
import org.poolswitch.rserpool.HandlespaceLimits;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.runtime.RateLimit;
import org.poolswitch.sctp.SctpAddress;

/** Registration, deregistration and resolution (RFC 5352 sections 3.1 to 3.3), message by message. */
class AsapServerTest {
    private final AsapRig rig = new AsapRig(RegistrarConfig.carrier().withRates(RateLimits.NONE)).up(1).up(2).up(3);
    private final List<String> heard = new ArrayList<>();

    AsapServerTest() {
        rig.server.listen(new HandlespaceListener() {
            @Override
            public void onOwnedAdded(final PoolElementEntry e, final long nowNs) {
                heard.add("+" + e.identifier());
            }

            @Override
            public void onOwnedUpdated(final PoolElementEntry e, final long nowNs) {
                heard.add("=" + e.identifier());
            }

            @Override
            public void onOwnedRemoved(final PoolElementEntry e, final long nowNs) {
                assertThat(rig.server.handlespace().find(e.pool().handle(), e.identifier())).isSameAs(e);
                heard.add("-" + e.identifier());
            }
        });
    }

    private static byte[] hex(final String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static void rejected(final AsapRig.Sent answer, final int cause) {
        assertThat(answer.type()).isEqualTo(AsapType.REGISTRATION_RESPONSE);
        assertThat(answer.flags()).isEqualTo(AsapType.FLAG_REJECTED);
        assertThat(answer.cause()).isEqualTo(cause);
    }

    /** What RSPLIB's element sends, and what RSPLIB's registrar answered. */
    @Test
    void asCaptured() {
        rig.remotes.put(9, SctpAddress.of(ip("10.10.0.21"), 0x901a, 0));
        rig.server.onAssociationUp(9, rig.remotes.get(9), true, 1, 1, rig.nowNs);
        final byte[] registration = hex("0100003c 00090010 50696e67 506f6e67 506f6f6c 000a0028 000000a1 00000000"
            + "00015f90 00040010 97f00001 00010008 0a0a0015 00080008 00000001");
        rig.server.onMessage(9, 0, 11, false, registration, 0, registration.length, rig.nowNs);
        assertThat(rig.sent.poll().octets()).isEqualTo(
            hex("0300001c 00090010 50696e67 506f6e67 506f6f6c 000e0008 000000a1"));
        final byte[] resolution = hex("0500001c 00090010 50696e67 506f6e67 506f6f6c 803f0008 00000001");
        rig.server.onMessage(9, 0, 11, false, resolution, 0, resolution.length, rig.nowNs);
        assertThat(rig.sent.poll().octets()).isEqualTo(hex("06000044 00090010 50696e67 506f6e67 506f6f6c 00080008"
            + "00000001 000a0028 000000a1 11111111 00015f90 00040010 97f00001 00010008 0a0a0015 00080008 00000001"));
        final PoolElementEntry e = rig.server.handlespace().find(PoolHandle.of("PingPongPool"), 0xa1);
        assertThat(e.parameter().asapTransport()).as("what its peers are told")
            .isEqualTo(hex("00040010 901a0000 00010008 0a0a0015"));
        final AsapRig.Sent ask = rig.pass(2000 * MS).get(0);
        assertThat(ask.octets()).isEqualTo(
            hex("07000020 11111111 00090010 50696e67 506f6e67 506f6f6c 000e0008 000000a1"));
    }

    @Test
    void registrationsAreToldToPeers() {
        assertThat(rig.register(1, 7).flags()).isZero();
        rig.register(1, 7);
        assertThat(rig.ofElement(1, AsapType.DEREGISTRATION, 7).cause()).isEqualTo(-1);
        assertThat(heard).containsExactly("+7", "=7", "-7");
        assertThat(rig.ofElement(1, AsapType.DEREGISTRATION, 7).type()).as("unknown ones are confirmed")
            .isEqualTo(AsapType.DEREGISTRATION_RESPONSE);
        assertThat(rig.resolve(3, 0).cause()).isEqualTo(ErrorCause.UNKNOWN_POOL_HANDLE);
    }

    @Test
    void everyCauseOfARejection() {
        rig.register(1, 7);
        rejected(rig.register(2, GWC, element(8, "10.0.0.2", PolicyType.PRIORITY, 1)), ErrorCause.INCONSISTENT_POLICY);
        final byte[] rr = PolicyParameter.of(PolicyType.ROUND_ROBIN).value();
        rejected(rig.register(2, GWC, new PoolElementParameter(8, 0, 1000, TransportParameter.of(
            ParameterType.TCP_TRANSPORT, 80, ip("10.0.0.2")).octets(), rr)), ErrorCause.INCONSISTENT_TRANSPORT);
        rejected(rig.register(2, GWC, new PoolElementParameter(8, 0, 1000, TransportParameter.sctp(80, 0,
            List.of(ip("10.0.0.2"))).octets(), rr)), ErrorCause.INCONSISTENT_DATA_CONTROL);
        rejected(rig.register(2, GWC, element(7, 2)), ErrorCause.NON_UNIQUE_PE_IDENTIFIER);
        rejected(rig.register(2, GWC, element(8, 3)), ErrorCause.INVALID_VALUES);
        rejected(rig.register(2, GWC, new PoolElementParameter(8, 0, 0, element(8, 2).userTransport(), rr)),
            ErrorCause.INVALID_VALUES);
        rejected(rig.register(2, PoolHandle.of("x"), new PoolElementParameter(8, 0, 1, element(8, 2).userTransport(),
            hex("40000002 00000001"))), ErrorCause.INVALID_VALUES);
        rejected(rig.register(2, PoolHandle.of("x"), new PoolElementParameter(8, 0, 1, hex("00040008 0b590001"), rr)),
            ErrorCause.INVALID_VALUES);
        assertThat(heard).as("peers hear nothing of it").containsExactly("+7");
        assertThat(rig.server.handlespace().elements()).isEqualTo(1);
        assertThat(rig.count(RegistrarCounter.REGISTRATIONS_REJECTED)).isEqualTo(8);
    }

    /** There is nobody from whom it could differ; peers would refuse the change, so to them it goes and comes. */
    @Test
    void whoIsAloneInItsPoolMayChangeIt() {
        rig.register(1, 7);
        assertThat(rig.register(1, GWC, element(7, "10.0.0.1", PolicyType.PRIORITY, 1)).flags()).isZero();
        assertThat(heard).containsExactly("+7", "-7", "+7");
        assertThat(rig.server.handlespace().pool(GWC).policyType()).isEqualTo(PolicyType.PRIORITY);
        assertThat(rig.server.handlespace().elements()).isEqualTo(1);
        assertThat(rig.count(RegistrarCounter.POOLS_CHANGED)).isEqualTo(1);
        final byte[] priority = PolicyParameter.of(PolicyType.PRIORITY, 1).value();
        assertThat(rig.register(1, GWC, new PoolElementParameter(7, 0, 1000, TransportParameter.sctp(80, 0,
            List.of(ip("10.0.0.1"))).octets(), priority)).flags()).as("without control channel").isZero();
        assertThat(rig.register(2, GWC, new PoolElementParameter(8, 0, 1000, TransportParameter.sctp(80, 0,
            List.of(ip("10.0.0.2"))).octets(), priority)).flags()).as("another one fits").isZero();
        rejected(rig.register(1, 7), ErrorCause.INCONSISTENT_POLICY);
        assertThat(rig.server.handlespace().elements()).as("they are two").isEqualTo(2);
        rig.ofElement(2, AsapType.DEREGISTRATION, 8);
        assertThat(rig.register(1, 7).flags()).as("alone again").isZero();
        rejected(rig.register(2, GWC, element(8, "10.0.0.2", PolicyType.PRIORITY, 1)), ErrorCause.INCONSISTENT_POLICY);
    }

    @Test
    void theHandlespacesLimitIsLackOfResources() {
        final RegistrarConfig one = RegistrarConfig.carrier().withHandlespace(
            new HandlespaceLimits(1, 1, 1, 512, 0,
                ChecksumRule.RFC));
        final AsapRig small = new AsapRig(one).up(1);
        small.register(1, 7);
        rejected(small.register(1, 8), ErrorCause.LACK_OF_RESOURCES);
        rejected(small.register(1, PoolHandle.of("other"), element(7, 1)), ErrorCause.LACK_OF_RESOURCES);
        assertThat(small.register(1, 7).flags()).isZero();
    }

    @Test
    void addressesAreTheAssociations() {
        rig.remotes.put(1, new SctpAddress(List.of(ip("10.0.0.1"), ip("2001:db8::1")), 2905, 9899));
        assertThat(rig.register(1, GWC, element(7, "2001:db8::1", PolicyType.ROUND_ROBIN)).flags()).isZero();
        final AsapRig local = new AsapRig(RegistrarConfig.carrier().withAddresses(false, AddressScope.SITE_LOCAL));
        local.up(1);
        rejected(local.register(1, GWC, element(7, "127.0.0.1", PolicyType.ROUND_ROBIN)), ErrorCause.INVALID_VALUES);
        assertThat(local.register(1, GWC, element(7, "10.9.9.9", PolicyType.ROUND_ROBIN)).flags()).isZero();
        assertThat(AddressScope.of(ip("fd00::1"))).isEqualTo(AddressScope.SITE_LOCAL);
        assertThat(AddressScope.of(ip("fe80::1"))).isEqualTo(AddressScope.LINK_LOCAL);
        assertThat(AddressScope.of(ip("8.8.8.8"))).isEqualTo(AddressScope.GLOBAL);
    }

    @Test
    void onlyTheElementDeregisters() {
        rig.register(1, 7);
        assertThat(rig.ofElement(2, AsapType.DEREGISTRATION, 7).cause()).isEqualTo(ErrorCause.REJECTED_FOR_SECURITY);
        assertThat(rig.server.handlespace().elements()).isEqualTo(1);
        // another registrar's element that hunts: it is where it says it is, so it may leave through us
        rig.server.putForeign(GWC, element(9, 2).withHome(0x22222222), rig.nowNs);
        assertThat(rig.ofElement(2, AsapType.DEREGISTRATION, 9).cause()).isEqualTo(-1);
        assertThat(heard).containsExactly("+7", "-9");
    }

    @Test
    void answersNameEachOnceByPolicy() {
        rig.register(1, 7);
        rig.register(2, 8);
        assertThat(rig.resolve(3, 0).elements()).containsExactly(7, 8);
        assertThat(rig.resolve(3, 0).elements()).containsExactly(8, 7);
        assertThat(rig.ask(3, AsapType.HANDLE_RESOLUTION, 0, out -> {
            GWC.write(out);
            HandleResolutionOption.write(out, 1);
        }).elements()).containsExactly(7);
        assertThat(rig.sent.peek().all(ParameterType.POLICY)).as("RSPLIB needs it even for round robin").hasSize(1);
    }

    @Test
    void unknownThingsByTheirHighBits() {
        final AsapRig.Sent report = rig.ask(1, AsapType.HANDLE_RESOLUTION, 0, out -> {
            GWC.write(out);
            out.begin(0x4001).word(5).end();
        });
        assertThat(report.type()).as("stop and report").isEqualTo(AsapType.ERROR);
        assertThat(report.cause()).isEqualTo(ErrorCause.UNRECOGNIZED_PARAMETER);
        assertThat(rig.sent).hasSize(1);
        rig.ask(1, AsapType.HANDLE_RESOLUTION, 0, out -> {
            GWC.write(out);
            out.begin(0xc001).word(5).end();
        });
        assertThat(rig.sent).as("go on and report").hasSize(2);
        rig.ask(1, AsapType.HANDLE_RESOLUTION, 0, out -> {
            GWC.write(out);
            out.begin(0x8001).word(5).end();
        });
        assertThat(rig.sent).as("go on in silence").hasSize(1);
        assertThat(rig.ask(1, AsapType.HANDLE_RESOLUTION, 0, out -> out.begin(0x0011).end())).isNull();
        assertThat(rig.ask(1, 0x55, 0, GWC::write).cause()).isEqualTo(ErrorCause.UNRECOGNIZED_MESSAGE);
        assertThat(rig.ask(1, 0x15, 0, GWC::write)).isNull();
    }

    @Test
    void whoIsToldTooOftenThatItIsNotUnderstoodIsToldNoMore() {
        final AsapRig limited = new AsapRig(RegistrarConfig.carrier().withRates(
            RateLimits.NONE.with("errors", new RateLimit(10, 3)))).up(1).up(2);
        limited.register(1, 7);
        int told = 0;
        for (int i = 0; i < 100; i++) {
            limited.pass(10 * MS);
            final boolean message = i % 2 == 0;
            final AsapRig.Sent sent = limited.ask(1, message ? 0x55 : AsapType.HANDLE_RESOLUTION, 0, out -> {
                GWC.write(out);
                out.begin(0x4001).word(5).end();
            });
            told += sent == null ? 0 : 1;
        }
        assertThat(told).as("a second's worth and the burst, for messages and parameters together").isBetween(12, 14);
        assertThat(limited.count(RegistrarCounter.ERRORS_LIMITED)).isEqualTo(100 - told);
        assertThat(limited.count(RegistrarCounter.UNRECOGNIZED)).as("all the same").isEqualTo(100);
        assertThat(limited.ask(2, 0x55, 0, GWC::write).type()).as("others are told").isEqualTo(AsapType.ERROR);
        assertThat(limited.ask(1, AsapType.HANDLE_RESOLUTION, 0, out -> {
            GWC.write(out);
            out.begin(0xc001).word(5).end();
        }).type()).as("what else it asks is answered").isEqualTo(AsapType.HANDLE_RESOLUTION_RESPONSE);
    }

    @Test
    void subscribersHearOfChanges() {
        assertThat(rig.resolve(3, AsapType.FLAG_SUBSCRIBE).flags()).isEqualTo(AsapType.FLAG_ACCEPTED);
        rig.register(1, 7);
        rig.register(2, 8);
        final List<AsapRig.Sent> told = rig.pass(0);
        assertThat(told).as("one answer for a batch").hasSize(1);
        assertThat(told.get(0).association()).isEqualTo(3);
        assertThat(told.get(0).elements()).containsExactlyInAnyOrder(7, 8);
        assertThat(told.get(0).flags()).isEqualTo(AsapType.FLAG_ACCEPTED);
        rig.down(1);
        assertThat(rig.pass(0)).as("not again at once").isEmpty();
        rig.ofElement(2, AsapType.DEREGISTRATION, 8);
        final List<AsapRig.Sent> later = rig.pass(50 * MS);
        assertThat(later).hasSize(1);
        assertThat(later.get(0).cause()).isEqualTo(ErrorCause.UNKNOWN_POOL_HANDLE);
        rig.down(3);
        rig.register(2, 8);
        assertThat(rig.pass(100 * MS)).isEmpty();
    }

    /** Section 2.2.5: with S = 0 no updates are requested; the place is somebody else's then. */
    @Test
    void whoAsksWithoutTheBitIsNoSubscriberAnyMore() {
        final AsapRig few = new AsapRig(RegistrarSettings.apply(RegistrarConfig.carrier(), "Subscriptions.Per.User=1"))
            .up(1).up(3);
        assertThat(few.resolve(3, AsapType.FLAG_SUBSCRIBE).flags()).isEqualTo(AsapType.FLAG_ACCEPTED);
        final PoolHandle other = PoolHandle.of("gk");
        assertThat(few.ask(3, AsapType.HANDLE_RESOLUTION, AsapType.FLAG_SUBSCRIBE, other::write).flags()).isZero();
        assertThat(few.ask(3, AsapType.HANDLE_RESOLUTION, 0, other::write).flags()).as("was none").isZero();
        assertThat(few.resolve(3, 0).flags()).isZero();
        few.register(1, 7);
        assertThat(few.pass(100 * MS)).filteredOn(sent -> sent.association() == 3).isEmpty();
        assertThat(few.ask(3, AsapType.HANDLE_RESOLUTION, AsapType.FLAG_SUBSCRIBE, other::write).flags())
            .isEqualTo(AsapType.FLAG_ACCEPTED);
        few.down(3);
        assertThat(few.up(3).resolve(3, AsapType.FLAG_SUBSCRIBE).flags()).isEqualTo(AsapType.FLAG_ACCEPTED);
    }

    /** One association must not take the room of all. */
    @Test
    void anAssociationHasABoundedNumberOfElements() {
        final AsapRig few = new AsapRig(RegistrarSettings.apply(RegistrarConfig.carrier(),
            "Elements.Per.Association=2")).up(1).up(2);
        few.register(1, 1);
        few.register(1, 2);
        assertThat(few.register(1, 3).cause()).isEqualTo(ErrorCause.LACK_OF_RESOURCES);
        assertThat(few.register(1, PoolHandle.of("gk"), AsapRig.element(4, 1)).cause()).as("whatever pool")
            .isEqualTo(ErrorCause.LACK_OF_RESOURCES);
        assertThat(few.register(1, 2).cause()).as("again is not more").isEqualTo(-1);
        assertThat(few.register(2, 3).cause()).as("others have their own").isEqualTo(-1);
        few.ofElement(1, AsapType.DEREGISTRATION, 1);
        assertThat(few.register(1, 5).cause()).isEqualTo(-1);
        assertThat(few.count(RegistrarCounter.REGISTRATIONS_TOO_MANY)).isEqualTo(2);
    }

    /** Whatever comes: dropped, answered, never thrown. */
    @Test
    void mutations() {
        final SplittableRandom random = new SplittableRandom(5352);
        final byte[][] seeds = {
            hex("01000034 00090007 67776300 000a0028 00000007 00000000 0000ea60 00040010 0b590001 00010008 0a000001"
                + "00080008 00000001"),
            hex("05000014 00090007 67776300 803f0008 00000001"), hex("02000014 00090007 67776300 000e0008 00000007"),
            hex("09000014 00090007 67776300 000e0008 00000007"), hex("08000014 00090007 67776300 000e0008 00000007")};
        for (int i = 0; i < 300_000; i++) {
            final byte[] wire = seeds[random.nextInt(seeds.length)].clone();
            for (int n = random.nextInt(4); n > 0; n--) {
                wire[random.nextInt(wire.length)] = (byte) random.nextInt();
            }
            rig.server.onMessage(1 + random.nextInt(3), 0, 11, false, wire, 0, wire.length - random.nextInt(5),
                rig.nowNs);
            rig.sent.clear();
            if (i % 1000 == 0) {
                rig.pass(10 * MS);
            }
        }
        assertThat(rig.count(RegistrarCounter.MALFORMED)).isPositive();
        assertThat(rig.count(RegistrarCounter.REGISTRATIONS)).isPositive();
        assertThat(rig.count(RegistrarCounter.RESOLUTIONS)).isPositive();
        assertThat(rig.server.handlespace().owned(SERVER)).isEqualTo(rig.server.handlespace().elements());
    }

    /** RFC 5354 section 3.11; an element that calls from a port at which nobody answers says so. */
    @Test
    void theAsapTransportIsWhereTheElementCanBeCalled() throws Exception {
        for (final int flags : new int[] {0, AsapType.FLAG_ASAP_AT_USER_TRANSPORT}) {
            rig.ask(1, AsapType.REGISTRATION, flags, out -> {
                AsapRig.GWC.write(out);
                new PoolElementParameter(7, 0, 60_000, TransportParameter.sctp(5000, 1,
                    List.of(AsapRig.ip("10.0.0.1"))).octets(), AsapRig.element(7, 1).policy()).write(out);
            });
            final TransportParameter asap = TransportParameter.read(rig.server.handlespace().find(AsapRig.GWC, 7)
                .parameter().asapTransport());
            assertThat(asap.port()).isEqualTo(flags == 0 ? 2905 : 5000);
            assertThat(asap.use()).isEqualTo(TransportParameter.DATA_ONLY);
        }
    }
}
