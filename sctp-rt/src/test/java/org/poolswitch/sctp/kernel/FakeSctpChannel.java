// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import com.sun.nio.sctp.Association;
import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.NotificationHandler;
import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpSocketOption;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/** A socket without a kernel: there is always another message to read until it ends, and the kernel has no room. */
final class FakeSctpChannel extends SctpChannel {
    private int reads;
    private int octets = 1;
    private boolean ended;

    FakeSctpChannel() {
        super(SelectorProvider.provider());
    }

    /** Messages that were read. */
    int reads() {
        return reads;
    }

    /** Its messages are that long from now on. */
    void lengthen(final int toOctets) {
        octets = toOctets;
    }

    /** There is nothing more to read, ever. */
    void end() {
        ended = true;
    }

    @Override
    public <T> MessageInfo receive(final ByteBuffer buffer, final T attachment, final NotificationHandler<T> handler) {
        if (ended) {
            return new EndOfFile();
        }
        buffer.put(new byte[octets]);
        reads++;
        return MessageInfo.createOutgoing(null, 0);
    }

    @Override
    public int send(final ByteBuffer buffer, final MessageInfo info) {
        return 0;
    }

    @Override
    public Association association() {
        return null;
    }

    @Override
    public SctpChannel bind(final SocketAddress local) {
        return this;
    }

    @Override
    public SctpChannel bindAddress(final InetAddress address) {
        return this;
    }

    @Override
    public SctpChannel unbindAddress(final InetAddress address) {
        return this;
    }

    @Override
    public boolean connect(final SocketAddress remote) {
        return false;
    }

    @Override
    public boolean connect(final SocketAddress remote, final int maxOutStreams, final int maxInStreams) {
        return false;
    }

    @Override
    public boolean isConnectionPending() {
        return false;
    }

    @Override
    public boolean finishConnect() {
        return true;
    }

    @Override
    public Set<SocketAddress> getAllLocalAddresses() {
        return Set.of();
    }

    @Override
    public Set<SocketAddress> getRemoteAddresses() {
        return Set.of();
    }

    @Override
    public SctpChannel shutdown() {
        return this;
    }

    @Override
    public <T> T getOption(final SctpSocketOption<T> name) {
        return null;
    }

    @Override
    public <T> SctpChannel setOption(final SctpSocketOption<T> name, final T value) {
        return this;
    }

    @Override
    public Set<SctpSocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    protected void implConfigureBlocking(final boolean block) {
        // never blocks
    }

    @Override
    protected void implCloseSelectableChannel() {
        // nothing to give back
    }

    /** As the JDK says it. */
    private static final class EndOfFile extends MessageInfo {
        @Override
        public Association association() {
            return null;
        }

        @Override
        public int bytes() {
            return -1;
        }

        @Override
        public boolean isComplete() {
            return true;
        }

        @Override
        public MessageInfo complete(final boolean complete) {
            return this;
        }

        @Override
        public boolean isUnordered() {
            return false;
        }

        @Override
        public MessageInfo unordered(final boolean unordered) {
            return this;
        }

        @Override
        public int payloadProtocolID() {
            return 0;
        }

        @Override
        public MessageInfo payloadProtocolID(final int ppid) {
            return this;
        }

        @Override
        public int streamNumber() {
            return 0;
        }

        @Override
        public MessageInfo streamNumber(final int streamNumber) {
            return this;
        }

        @Override
        public long timeToLive() {
            return 0;
        }

        @Override
        public MessageInfo timeToLive(final long millis) {
            return this;
        }

        @Override
        public SocketAddress address() {
            return null;
        }
    }
}
