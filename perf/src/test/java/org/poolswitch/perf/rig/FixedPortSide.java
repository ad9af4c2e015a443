// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.poolswitch.observe.PcapTap;
import org.poolswitch.observe.PcapWriter;
import org.poolswitch.perf.load.PlainNode;
import org.poolswitch.runtime.EventLoopShard;
import org.poolswitch.runtime.ShardConfig;
import org.poolswitch.runtime.ThreadLayout;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpSettings;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;
import org.poolswitch.sctp.kernel.KernelConfig;
import org.poolswitch.sctp.kernel.KernelSctpEndpoint;
import org.poolswitch.sctp.udp.UdpConfig;
import org.poolswitch.sctp.udp.UdpSctpEndpoint;

/**
 * Our side of {@link FixedPortInteropTest}, inside the guest, port 5000 at both ends. It sends without an end to a peer
 * that is to be killed, and so many messages to the one that says goodbye; it judges what comes and what comes back.
 */
public final class FixedPortSide extends PlainNode {
    private static final int PORT = 5000;
    private static final int STREAMS = 8;
    private static final int ENDLESS = 1_000_000;
    private static final long SECONDS = 50;

    private final SctpAddress remote;
    private final int messages;
    private final Pattern pattern = new Pattern(true, STREAMS);
    private final CountDownLatch goodbye = new CountDownLatch(1);
    private Verdict verdict;
    private boolean endless;
    private int association;
    private int accepted;

    /** @param remote whom to call, or null to be called, killed and called again */
    private FixedPortSide(final SctpEndpoint endpoint, final SctpAddress remote, final int messages) {
        super(endpoint);
        this.remote = remote;
        this.messages = messages;
        this.endless = remote == null;
    }

    @Override
    public void onStart(final long nowNs) {
        if (remote != null) {
            endpoint().connect(remote, nowNs);
        }
        System.out.println("ready");
    }

    @Override
    public void onAssociationUp(final int id, final SctpAddress peer, final boolean incoming, final int outStreams,
        final int inStreams, final long nowNs) {
        System.out.println("up, its port is " + peer.port());
        association = id;
        accepted = 0;
        verdict = new Verdict(new Pattern(false, STREAMS), endless ? ENDLESS : messages);
        pump(nowNs);
    }

    @Override
    public void onSendable(final int id, final long nowNs) {
        pump(nowNs);
    }

    private void pump(final long nowNs) {
        while ((endless || accepted < messages) && endpoint().send(association, pattern.stream(accepted),
            Pattern.PPID_BASE + accepted, pattern.unordered(accepted), Pattern.content(), pattern.offset(accepted),
            pattern.length(accepted), nowNs) == SendStatus.ACCEPTED) {
            accepted++;
        }
    }

    @Override
    public void onMessage(final int id, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        verdict.judge(stream, ppid, unordered, buffer, offset, length);
    }

    @Override
    public void onAssociationDown(final int id, final DownCause cause, final List<UndeliveredMessage> undelivered,
        final long nowNs) {
        final boolean whole = verdict != null && verdict.isClean() && (endless || verdict.messages() == messages);
        System.out.println(cause + (whole ? ", what came is good" : ", what came is wrong: " + verdict)
            + (undelivered.isEmpty() ? ", nothing came back" : isWhatWasSent(undelivered) ? ", the rest came back"
                : ", something else came back"));
        if (!endless) {
            goodbye.countDown();
        }
        endless = false;
    }

    /** All that was accepted last, each message once, in order, unchanged. */
    private boolean isWhatWasSent(final List<UndeliveredMessage> undelivered) {
        int last = -1;
        for (final UndeliveredMessage m : undelivered) {
            final int number = m.ppid() - Pattern.PPID_BASE;
            if (number <= last || !pattern.is(number, m.stream(), m.unordered(), m.payload(), 0, m.payload().length)) {
                return false;
            }
            last = number;
        }
        return last == accepted - 1;
    }

    @Override
    public void beginDrain(final long nowNs) {
        endpoint().shutdown(association, nowNs);
    }

    @Override
    public boolean isDrained() {
        return goodbye.getCount() == 0;
    }

    /** {@code user} or {@code kernel}, {@code listen} or {@code call}, messages each way, a file for the packets. */
    public static void main(final String[] args) throws Exception {
        final boolean user = args[0].equals("user");
        final boolean listens = args[1].equals("listen");
        final int udpPort = user ? SctpAddress.DEFAULT_ENCAPSULATION_PORT : 0;
        final SctpAddress local = SctpAddress.of(InetAddress.getByName("10.74.0.1"), PORT, udpPort);
        final SctpAddress remote = SctpAddress.of(InetAddress.getByName("10.74.0.2"), PORT, udpPort);
        // a peer that is away for a second is not given up
        final SctpConfig patient = SctpSettings.apply(SctpConfig.carrier(),
            "Association.Max.Retrans=500,Max.Init.Retransmits=500,Source.Port=" + (listens ? 0 : PORT));
        final EventLoopShard shard = EventLoopShard.open(ThreadLayout.EVENT_LOOP, ShardConfig.defaults(), "ours");
        try (PcapWriter pcap = PcapWriter.create(Path.of(args[3]), OurSide.CAPTURE_LIMIT)) {
            final SctpEndpoint endpoint = user
                ? UdpSctpEndpoint.open(shard, UdpConfig.defaults(), patient, local, true, new SecureRandom(),
                    new PcapTap(pcap, true))
                : KernelSctpEndpoint.open(shard, KernelConfig.defaults(), patient, local, listens);
            final FixedPortSide node = new FixedPortSide(endpoint, listens ? null : remote, Integer.parseInt(args[2]));
            shard.start(endpoint, node);
            if (!node.goodbye.await(SECONDS, TimeUnit.SECONDS)) {
                System.out.println("no goodbye");
            }
            shard.close();
            shard.termination().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }
}
