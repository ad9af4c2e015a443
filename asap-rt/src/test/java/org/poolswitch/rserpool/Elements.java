// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** Elements and octets for tests. */
final class Elements {
    static final int HOME = 0x11111111;

    private Elements() {
    }

    static InetAddress ip(final String text) {
        try {
            return InetAddress.getByName(text);
        } catch (final UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] hex(final String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s+", ""));
    }

    static byte[] sctp(final String... hosts) {
        return TransportParameter.sctp(2905, TransportParameter.DATA_PLUS_CONTROL,
            Arrays.stream(hosts).map(Elements::ip).toList()).octets();
    }

    static PoolElementParameter element(final int id, final int home, final int policy, final int... values) {
        return new PoolElementParameter(id, home, 90_000, sctp("10.0.0.1"), PolicyParameter.of(policy, values).value());
    }

    static byte[] written(final Consumer<ParameterWriter> write) {
        final ParameterWriter out = new ParameterWriter(2048).clear();
        write.accept(out);
        return Arrays.copyOf(out.buffer(), out.position());
    }

    static ParameterReader first(final byte[] octets) throws Exception {
        final ParameterReader in = new ParameterReader(ByteBuffer.wrap(octets));
        in.next();
        return in;
    }

    static List<PoolElementEntry> selected(final Pool pool, final int limit) {
        final PoolElementEntry[] into = new PoolElementEntry[limit];
        final int n = pool.select(into, limit);
        return Arrays.asList(into).subList(0, n);
    }
}
