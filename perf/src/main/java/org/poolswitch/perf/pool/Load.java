// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.pool;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.poolswitch.observe.PacketTap;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpSettings;
import org.poolswitch.sctp.kernel.KernelConfig;
import org.poolswitch.sctp.kernel.KernelSctpEndpoint;
import org.poolswitch.sctp.udp.UdpConfig;
import org.poolswitch.sctp.udp.UdpSctpEndpoint;

/** A {@link LoadCaller} on a thread and endpoints of its own, and what one asks it from outside. */
final class Load implements AutoCloseable {
    /** A busy host, or a collector among a million elements, is not taken for a dead peer. */
    static final String PATIENT = "Path.Max.Retrans=250,Association.Max.Retrans=500";
    private static final int FIRST_PORT = 20_000;
    private static final int ASAP_PORT = 3863;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long PATIENCE_NS = 60 * SECOND_NS;

    private final EventLoopShard shard;
    private final LoadCaller caller;

    private Load(final EventLoopShard shard, final LoadCaller caller) {
        this.shard = shard;
        this.caller = caller;
    }

    /**
     * Connects so many users to a registrar.
     *
     * @param kernel the kernel's SCTP, else user space
     * @param policy type of the pool's policy
     * @param items  elements wanted in an answer
     */
    static Load connect(final boolean kernel, final String host, final String registrar, final int users,
        final String pool, final int policy, final int items, final int firstPort) throws Exception {
        final EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "load");
        final InetAddress local = InetAddress.getByName(host);
        final int udp = kernel ? 0 : SctpAddress.DEFAULT_ENCAPSULATION_PORT;
        final SctpConfig sctp = SctpSettings.apply(SctpConfig.carrier(), PATIENT);
        final List<SctpEndpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            final SctpAddress address = SctpAddress.of(local, firstPort + i, udp);
            if (kernel) {
                endpoints.add(KernelSctpEndpoint.open(shard, KernelConfig.defaults(), sctp, address, false));
            } else if (i == 0) {
                endpoints.add(UdpSctpEndpoint.open(shard, UdpConfig.defaults(), sctp, address, true,
                    new SecureRandom(), PacketTap.NONE));
            } else {
                endpoints.add(((UdpSctpEndpoint) endpoints.get(0)).openBeside(sctp, firstPort + i, new SecureRandom()));
            }
        }
        final Messages messages = new Messages(PoolHandle.of(pool), local, FIRST_PORT, policy, items);
        final LoadCaller caller = new LoadCaller(endpoints, SctpAddress.of(InetAddress.getByName(registrar), ASAP_PORT,
            udp), messages);
        shard.start(endpoints, caller);
        final Load load = new Load(shard, caller);
        load.await(c -> c.isUp());
        return load;
    }

    static Load connect(final boolean kernel, final String host, final String registrar, final int users)
        throws Exception {
        return connect(kernel, host, registrar, users, "bench", PolicyType.ROUND_ROBIN, 1, FIRST_PORT);
    }

    private void await(final Function<LoadCaller, Boolean> condition) throws Exception {
        final long until = System.nanoTime() + PATIENCE_NS;
        while (!call(() -> condition.apply(caller))) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the registrar did not answer within a minute; "
                    + call(caller::underWay) + " questions are open");
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private <T> T call(final Callable<T> question) throws Exception {
        return shard.call(question);
    }

    /** Registers elements with these identifiers. @return registrations a second */
    double register(final int first, final int last, final int window) throws Exception {
        final long begin = System.nanoTime();
        call(() -> {
            caller.register(first, last, window, System.nanoTime());
            shard.wake();
            return null;
        });
        await(c -> c.isRegistered());
        return (last - first + 1) / ((System.nanoTime() - begin) / 1e9);
    }

    /** Resolves for a while, as fast as can be. @return answers a second */
    double saturate(final Histogram into, final int window, final double seconds) throws Exception {
        final long begin = System.nanoTime();
        call(() -> {
            caller.saturate(into, window, (long) (seconds * SECOND_NS), System.nanoTime());
            shard.wake();
            return null;
        });
        TimeUnit.MILLISECONDS.sleep((long) (seconds * 1000));
        await(c -> c.isQuiet());
        return call(caller::answers) / ((System.nanoTime() - begin) / 1e9);
    }

    /** Starts to resolve at a rate; {@link #end} waits for the last answer. */
    void begin(final Histogram into, final int perSecond, final double seconds) throws Exception {
        call(() -> {
            caller.resolveAt(into, perSecond, (long) (seconds * SECOND_NS), System.nanoTime());
            shard.wake();
            return null;
        });
    }

    /** Waits for the end of what {@link #begin} started. @return questions refused by the own send buffer */
    long end(final double seconds) throws Exception {
        TimeUnit.MILLISECONDS.sleep((long) (seconds * 1000));
        await(c -> c.isQuiet());
        return call(caller::refusals);
    }

    /** Resolves at a rate for a while. @return questions refused by the own send buffer */
    long resolve(final Histogram into, final int perSecond, final double seconds) throws Exception {
        begin(into, perSecond, seconds);
        return end(seconds);
    }

    /** Asks at a rate for a while, whether answers come or not. */
    void flood(final int perSecond, final double duration) throws Exception {
        call(() -> {
            caller.flood(perSecond, (long) (duration * SECOND_NS), System.nanoTime());
            shard.wake();
            return null;
        });
    }

    @Override
    public void close() {
        shard.close();
        shard.termination().handle((nothing, error) -> null).join();
    }
}
