// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.enrp.wire.HandleTableResponse;
import org.poolswitch.enrp.wire.HandleUpdate;
import org.poolswitch.enrp.wire.ListRequest;
import org.poolswitch.enrp.wire.ListResponse;
import org.poolswitch.enrp.wire.Presence;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.rserpool.ServerInformation;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.sctp.SctpAddress;

/** Lengths that the formats allow and nobody sends: each message is answered or dropped, and nothing is thrown. */
class UnusualLengthsTest {
    private final AsapRig rig = new AsapRig(RegistrarConfig.carrier().withAddresses(false, AddressScope.LOOPBACK))
        .up(1).up(2);

    private static PoolElementParameter element(final byte[] transport, final byte[] policy) {
        return new PoolElementParameter(7, 0, 60_000, transport, policy);
    }

    private static byte[] policy(final int octets) {
        return ByteBuffer.allocate(octets).putInt(PolicyType.ROUND_ROBIN).array();
    }

    private static byte[] opaque(final int octets) {
        return TransportParameter.opaque(new byte[octets]).octets();
    }

    /** What the message's own length field can still say. */
    @Test
    void theLongestRegistrationIsAnswered() {
        for (int octets = 62_000; octets <= 65_400; octets += 100) {
            assertThat(rig.register(1, AsapRig.GWC, element(opaque(octets), policy(4))).cause()).as("octets %d", octets)
                .isEqualTo(ErrorCause.LACK_OF_RESOURCES);
        }
    }

    @Test
    void theLongestElementThatIsInvalidIsRefusedWithAsMuchOfItAsFits() {
        for (int octets = 62_000; octets <= 65_400; octets += 100) {
            final byte[] nowhere = ByteBuffer.allocate(octets).putShort((short) ParameterType.TCP_TRANSPORT)
                .putShort((short) octets).array();
            assertThat(rig.register(1, AsapRig.GWC, element(nowhere, policy(4))).cause())
                .isEqualTo(ErrorCause.INVALID_VALUES);
            assertThat(rig.register(1, AsapRig.GWC, element(opaque(4), new byte[octets])).cause())
                .isEqualTo(ErrorCause.INVALID_VALUES);
        }
    }

    /** A registration that goes on is compared with what is known. */
    @Test
    void theLongestRegistrationOfAnElementThatIsKnownIsAnswered() {
        final AsapRig rig = new AsapRig(RegistrarConfig.carrier().withAddresses(false, AddressScope.LOOPBACK)
            .withRates(RateLimits.NONE)).up(1);
        rig.remotes.put(1, new SctpAddress(List.of(AsapRig.ip("10.0.0.1"), AsapRig.ip("10.0.0.2"),
            AsapRig.ip("10.0.0.3"), AsapRig.ip("10.0.0.4"), AsapRig.ip("10.0.0.5")), 2905, 9899));
        rig.register(1, AsapRig.GWC, element(opaque(8), policy(4)));
        for (int octets = 64_000; octets <= 65_480; octets += 4) {
            assertThat(rig.register(1, AsapRig.GWC, element(opaque(octets), policy(4))).cause()).as("octets %d", octets)
                .isEqualTo(ErrorCause.LACK_OF_RESOURCES);
        }
        assertThat(rig.server.handlespace().elements()).isEqualTo(1);
    }

    @Test
    void moreAddressesThanAnybodyHas() {
        for (final int n : new int[] {1, 64, 65, 255, 3_000}) {
            final ParameterWriter out = new ParameterWriter(64_000).clear().begin(ParameterType.SCTP_TRANSPORT)
                .half(2905).half(1);
            for (int i = 0; i < n; i++) {
                out.begin(ParameterType.IPV4_ADDRESS).word(0x0a000001).end();
            }
            out.end();
            final byte[] transport = Arrays.copyOf(out.buffer(), out.position());
            assertThat(rig.register(1, AsapRig.GWC, element(transport, policy(4))).cause()).as("%d addresses", n)
                .isEqualTo(n <= 64 ? -1 : ErrorCause.INVALID_VALUES);
        }
    }

    @Test
    void parametersWithoutValue() {
        for (int type = 0; type < 0x20; type++) {
            for (final int message : new int[] {1, 2, 5, 8, 9, 14}) {
                final int empty = type;
                rig.ask(1, message, 0, out -> out.begin(empty).end());
                rig.ask(1, message, 0, out -> {
                    AsapRig.GWC.write(out);
                    out.begin(empty).end();
                });
                rig.ask(1, message, 0, out -> {
                    AsapRig.GWC.write(out);
                    out.begin(ParameterType.POOL_ELEMENT).word(7).word(0).word(60_000).begin(empty).end().end();
                });
            }
        }
        assertThat(rig.server.handlespace().elements()).isZero();
    }

    /** 1 and -1, 2^31 and 2^32 - 1. */
    @Test
    void numbersAtTheirEnds() {
        final int[] ends = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE};
        for (final int type : new int[] {PolicyType.WEIGHTED_ROUND_ROBIN, PolicyType.WEIGHTED_RANDOM,
            PolicyType.PRIORITY, PolicyType.LEAST_USED, PolicyType.LEAST_USED_DEGRADATION}) {
            final PoolHandle handle = PoolHandle.of("pool" + type);
            int id = 0;
            for (final int value : ends) {
                rig.register(1, handle, new PoolElementParameter(++id, 0, 60_000, opaque(4),
                    PolicyParameter.of(type, value, value).value()));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(rig.ask(2, AsapType.HANDLE_RESOLUTION, 0, handle::write).elements()).hasSize(ends.length);
            }
        }
        for (final int life : new int[] {1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThat(rig.register(1, AsapRig.GWC, new PoolElementParameter(9, 0, life, opaque(4), policy(4))).cause())
                .isEqualTo(-1);
        }
        for (final int items : ends) {
            assertThat(rig.ask(2, AsapType.HANDLE_RESOLUTION, 0, out -> {
                AsapRig.GWC.write(out);
                out.begin(ParameterType.HANDLE_RESOLUTION_OPTION).word(items).end();
            }).elements()).hasSize(1);
        }
    }

    /** A message may be longer than its length field says: padding, RFC 5352 section 2.2. */
    @Test
    void elementsUpToTheHandlespacesBoundGoThroughTheMesh() {
        final EnrpRig mesh = new EnrpRig("").up(1);
        mesh.presence(1, 0x22222222, 0xffff);
        final List<Integer> sizes = new ArrayList<>();
        for (int octets = 3_000; octets <= 65_000; octets += 1_000) {
            sizes.add(octets);
            mesh.hear(1, new HandleUpdate(0x22222222, EnrpRig.SERVER, false, 0, AsapRig.GWC,
                new PoolElementParameter(octets, 0x22222222, 60_000, opaque(octets), policy(4))
                    .withAsapTransport(EnrpRig.element(1, 1).asapTransport())));
            mesh.hear(1, new HandleUpdate(0x22222222, EnrpRig.SERVER, false, 0, AsapRig.GWC,
                new PoolElementParameter(3_000, 0x22222222, 60_000, opaque(octets), policy(4))
                    .withAsapTransport(EnrpRig.element(1, 1).asapTransport())));
        }
        assertThat(mesh.server.elements()).as("of %s", sizes).isPositive();
        assertThat(mesh.page(1, 0x22222222, false)).isNotNull();
    }

    /** RFC 5354 section 3.9 has no longest handle. */
    @Test
    void handlesOfManyOctetsAndOfAnyOctets() {
        final EnrpRig mesh = new EnrpRig("Table.Octets=1200").up(1);
        mesh.presence(1, 0x22222222, 0xffff);
        for (final int octets : new int[] {1, 31, 32, 33, 1_000, 1_024}) {
            final PoolHandle handle = new PoolHandle(new byte[octets]);
            assertThat(rig.register(1, handle, AsapRig.element(octets, 1)).cause()).isEqualTo(-1);
            assertThat(rig.ask(2, AsapType.HANDLE_RESOLUTION, 1, handle::write).elements()).containsExactly(octets);
            mesh.hear(1, new HandleUpdate(0x22222222, EnrpRig.SERVER, false, 0, handle,
                EnrpRig.element(octets, 0x22222222)));
        }
        assertThat(mesh.server.elements()).isEqualTo(6);
        int seen = 0;
        HandleTableResponse page;
        do {
            page = mesh.page(1, 0x22222222, false);
            seen += page.pools().stream().mapToInt(pool -> pool.elements().size()).sum();
        } while (page.more());
        assertThat(seen).as("by pages of 1200 octets").isEqualTo(6);
        final AsapRig rsplib = new AsapRig(RegistrarSettings.apply(RegistrarConfig.carrier(), "Pool.Handle.Octets=32"))
            .up(1);
        assertThat(rsplib.register(1, new PoolHandle(new byte[33]), AsapRig.element(1, 1)).cause())
            .isEqualTo(ErrorCause.INVALID_VALUES);
        assertThat(rsplib.register(1, new PoolHandle(new byte[32]), AsapRig.element(1, 1)).cause()).isEqualTo(-1);
    }

    /** A list has no second page; peers with all the addresses there may be are more than a message holds. */
    @Test
    void theListOfPeersIsNeverLongerThanAMessage() {
        final List<InetAddress> many = new ArrayList<>();
        for (int i = 0; i < TransportParameter.MOST_ADDRESSES; i++) {
            many.add(AsapRig.ip("2001:db8::" + (i + 1)));
        }
        final EnrpRig mesh = new EnrpRig("");
        for (int n = 1; n <= 64; n++) {
            mesh.up(n).hear(n, new Presence(n, EnrpRig.SERVER, false, 0xffff, new ServerInformation(n,
                TransportParameter.sctp(9901 + n, 0, many))));
        }
        final List<ListResponse> lists = EnrpRig.of(ListResponse.class, mesh.hear(1, new ListRequest(1,
            EnrpRig.SERVER)));
        assertThat(lists).hasSize(1);
        assertThat(lists.get(0).servers()).hasSizeBetween(40, 63);
    }
}
