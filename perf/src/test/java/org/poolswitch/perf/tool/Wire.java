// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sim.UnwiredEndpoint;

/** An endpoint whose peers are the test: remembers what was sent, and says what the test says. */
final class Wire extends UnwiredEndpoint {
    static final SctpAddress REGISTRAR = address(11, 3863);
    static final SctpAddress SECOND = address(12, 3863);

    final List<SctpAddress> connected = new ArrayList<>();
    final List<String> sent = new ArrayList<>();
    SctpListener listener;
    int ppid;
    private int next;
    private int ended;

    static SctpAddress address(final int host, final int port) {
        try {
            return SctpAddress.of(InetAddress.getByAddress(new byte[] {10, 10, 0, (byte) host}), port, 0);
        } catch (final UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] octets(final String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** The newest association comes up. */
    void up(final long nowNs) {
        listener.onAssociationUp(next, connected.get(next - 1), false, 10, 10, nowNs);
    }

    /** The newest association's peer says something. */
    void say(final String hex, final long nowNs) {
        final byte[] message = octets(hex);
        listener.onMessage(next, 0, ppid, false, message, 0, message.length, nowNs);
    }

    void down(final DownCause cause, final long nowNs) {
        listener.onAssociationDown(next, cause, List.of(), nowNs);
    }

    /** True if the newest association was ended from here. */
    boolean isEnded() {
        return ended == next;
    }

    String last() {
        return sent.get(sent.size() - 1);
    }

    @Override
    public SctpAddress localAddress() {
        return address(31, 50_000);
    }

    @Override
    public int connect(final SctpAddress remote, final long nowNs) {
        connected.add(remote);
        return ++next;
    }

    @Override
    public SendStatus send(final int association, final int stream, final int messagePpid, final boolean unordered,
        final long lifetimeNs, final byte[] buffer, final int offset, final int length, final long nowNs) {
        ppid = messagePpid;
        sent.add(HexFormat.of().formatHex(Arrays.copyOfRange(buffer, offset, offset + length)));
        return SendStatus.ACCEPTED;
    }

    @Override
    public void shutdown(final int association, final long nowNs) {
        ended = association;
    }

    @Override
    public void abort(final int association, final long nowNs) {
        ended = association;
    }
}
