// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.rserpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.rserpool.Elements.HOME;
import static org.poolswitch.rserpool.Elements.element;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** PE checksums (RFC 5353 section 3.6.2) against RSPLIB's values and against RFC 1071 computed in one go. */
class PeChecksumTest {
    private final Handlespace space = new Handlespace(HandlespaceLimits.DEFAULT, new SplittableRandom(1));

    private void put(final String handle, final int id) {
        assertThat(space.put(PoolHandle.of(handle), element(id, HOME, PolicyType.ROUND_ROBIN))).isZero();
    }

    private void remove(final String handle, final int id) {
        space.remove(space.find(PoolHandle.of(handle), id));
    }

    private void is(final int expected) {
        assertThat(space.checksum(HOME)).isEqualTo(expected);
        assertThat(space.checksum(HOME, ChecksumRule.RSPLIB)).isEqualTo(expected);
    }

    /** The values of RSPLIB's own function. */
    @Test
    void vectors() {
        is(0xffff);
        put("EchoPool", 1);
        is(0x9250);
        put("EchoPool", 0xdeadbeef);
        is(0x8704);
        remove("EchoPool", 1);
        is(0xf4b3);
        remove("EchoPool", 0xdeadbeef);
        put("PingPongPool", 0xa1);
        is(0xc1db);
        put("PingPongPool", 0xa2);
        is(0x83b6);
        remove("PingPongPool", 0xa1);
        is(0xc1da);
        remove("PingPongPool", 0xa2);
        put("abc", 0x12345678);
        is(0xd2f0);
        remove("abc", 0x12345678);
        put("ABCDE", 0xffffffff);
        is(0x3679);
        put("EchoPool", 1);
        put("EchoPool", 0xdeadbeef);
        put("PingPongPool", 0xa1);
        put("abc", 0x12345678);
        is(0x524a);
        remove("EchoPool", 0xdeadbeef);
        is(0x5d96);
    }

    @Test
    void onlyHandleAndIdentifierCount() {
        put("EchoPool", 1);
        space.put(PoolHandle.of("EchoPool"), new PoolElementParameter(1, HOME, 5, Elements.sctp("10.0.0.9", "::1"),
            PolicyParameter.of(PolicyType.ROUND_ROBIN).value()));
        is(0x9250);
        space.changeHome(space.find(PoolHandle.of("EchoPool"), 1), 0x22222222);
        is(0xffff);
        assertThat(space.checksum(0x22222222)).isEqualTo(0x9250);
        assertThat(space.checksum(0x33333333)).isEqualTo(0xffff);
    }

    /** RSPLIB's counter wraps at 2^32: measured with its function, the first difference comes at 18,658 elements. */
    @Test
    void rsplibDiffersBeyondEighteenThousand() {
        for (int n = 1; n <= 18_658; n++) {
            put("PingPongPool", 0x9e3779b9 * n);
            final boolean same = space.checksum(HOME) == space.checksum(HOME, ChecksumRule.RSPLIB);
            assertThat(same).as("%d elements", n).isEqualTo(n < 18_658);
        }
    }

    @Test
    void incrementalEqualsAllAtOnce() {
        final SplittableRandom random = new SplittableRandom(1071);
        final String[] handles = {"a", "bc", "def", "EchoPool", "PingPongPool"};
        for (int i = 0; i < 3000; i++) {
            final String handle = handles[random.nextInt(handles.length)];
            final int id = 1 + random.nextInt(40);
            final PoolElementEntry known = space.find(PoolHandle.of(handle), id);
            if (known != null && random.nextBoolean()) {
                space.remove(known);
            } else {
                space.put(PoolHandle.of(handle), element(id, random.nextInt(3) + 1, PolicyType.ROUND_ROBIN));
            }
            for (int home = 1; home <= 3; home++) {
                assertThat(space.checksum(home)).isEqualTo(atOnce(home));
            }
        }
    }

    private int atOnce(final int home) {
        long sum = 0;
        for (PoolElementEntry e = space.firstOwned(home); e != null; e = e.nextOwned()) {
            final byte[] name = e.pool().handle().octets();
            for (int i = 0; i < name.length; i++) {
                sum += (name[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
            }
            sum += (e.identifier() >>> 16) + (e.identifier() & 0xffff);
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (int) (~sum & 0xffff);
    }
}
