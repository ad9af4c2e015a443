// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.asap.core.Rig.MS;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.poolswitch.asap.AsapInbox;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.runtime.InboxConfig;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SendStatus;

/** Other threads' way to the sessions. */
class AsapInboxTest implements AsapInbox.Listener {
    private final Rig rig = new Rig(Rig.config());
    private final AtomicInteger wakes = new AtomicInteger();
    private final AsapInbox inbox = new AsapInbox(new InboxConfig(64, 512), wakes::incrementAndGet,
        rig.stack.user(), Rig.GWC, this);
    private final List<String> news = new ArrayList<>();

    private boolean send(final long key, final String text, final int flags) {
        final byte[] b = text.getBytes(StandardCharsets.US_ASCII);
        return inbox.trySend(key, Rig.DATA, b, 0, b.length, flags);
    }

    @Test
    void fullRingIsAnAnswerAndABurstWakesOnce() {
        int taken = 0;
        while (taken < 1000 && send(7, "m", 0)) {
            taken++;
        }
        assertThat(taken).isEqualTo(64);
        assertThat(wakes).hasValue(1);
        rig.start();
        assertThat(inbox.poll(10, rig.now)).isEqualTo(10);
        assertThat(inbox.poll(1000, rig.now)).isEqualTo(54);
        assertThat(inbox.poll(1000, rig.now)).isZero();
        assertThat(send(7, "m", 0)).isTrue();
    }

    @Test
    void sessionsByKeySurviveResolutionAndFailover() {
        rig.elements(1, 2).start();
        send(0, "zero", PoolSession.RETAIN);
        send(-5, "minus", 0);
        inbox.poll(10, rig.now);
        rig.settle();
        assertThat(inbox.sessions()).isEqualTo(2);
        final List<String> sent = rig.got(1);
        final int holder = sent.contains("zero") ? 1 : 2;
        sent.addAll(rig.got(2));
        assertThat(sent).containsExactlyInAnyOrder("zero", "minus");
        rig.says(holder, 1, "hi");
        assertThat(news).hasSize(1);
        rig.kill(holder, DownCause.PEER_ABORTED);
        assertThat(rig.got(3 - holder)).contains("zero");
        assertThat(news).anyMatch(n -> n.endsWith("moved"));
        inbox.tryRelease(0, 5);
        inbox.tryClearCookie(0);
        inbox.tryFailover(-5);
        inbox.tryClose(0);
        inbox.tryClose(99);
        inbox.poll(10, rig.now);
        rig.settle();
        assertThat(inbox.sessions()).isEqualTo(1);
        assertThat(rig.stack.sessions()).isEqualTo(1);
    }

    @Test
    void failureAndRefusalComeBack() {
        rig.registrarUp = false;
        rig.start();
        for (int i = 0; i < 20; i++) {
            send(3, "m", PoolSession.RETAIN);
        }
        inbox.poll(100, rig.now);
        assertThat(news).hasSize(4).allMatch("3 FULL"::equals);
        rig.run(5000 * MS);
        assertThat(news).endsWith("3 NO_REGISTRAR");
        assertThat(inbox.sessions()).isZero();
    }

    @Test
    void manyThreadsKeepTheirOwnOrder() throws InterruptedException {
        rig.elements(1).start();
        final List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            final int key = t;
            threads.add(new Thread(() -> {
                for (int i = 0; i < 2000; i++) {
                    while (!send(key, key + ":" + i, 0)) {
                        Thread.onSpinWait();
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        final Map<String, Integer> next = new HashMap<>();
        int total = 0;
        while (total < 6000) {
            inbox.poll(100, rig.now);
            rig.settle();
            for (final String text : rig.got(1)) {
                final String[] parts = text.split(":");
                assertThat(Integer.parseInt(parts[1])).isEqualTo(next.merge(parts[0], 1, Integer::sum) - 1);
                total++;
            }
        }
        for (final Thread t : threads) {
            t.join();
        }
        assertThat(next).hasSize(3).allSatisfy((k, v) -> assertThat(v).isEqualTo(2000));
    }

    @Override
    public void onMessage(final long key, final int ppid, final byte[] buffer, final int offset, final int length,
        final long nowNs) {
        news.add(key + " " + new String(buffer, offset, length, StandardCharsets.US_ASCII));
    }

    @Override
    public void onFailover(final long key, final Failover failover, final long nowNs) {
        news.add(key + " moved");
    }

    @Override
    public void onFailed(final long key, final SessionFailure reason, final long nowNs) {
        news.add(key + " " + reason);
    }

    @Override
    public void onRefused(final long key, final SendStatus status, final long nowNs) {
        news.add(key + " " + status);
    }
}
