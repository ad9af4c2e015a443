// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import com.sun.nio.sctp.AbstractNotificationHandler;
import com.sun.nio.sctp.AssociationChangeNotification;
import com.sun.nio.sctp.HandlerResult;
import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.PeerAddressChangeNotification;
import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpStandardSocketOptions;
import com.sun.nio.sctp.SendFailedNotification;
import com.sun.nio.sctp.ShutdownNotification;
import io.netty.channel.Channel;
import io.netty.channel.sctp.nio.NioSctpChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Netty's channel with its reading replaced: Netty's own closes at once when the peer says SHUTDOWN, which would lose
 * what the kernel still has to tell.
 */
final class KernelChannel extends NioSctpChannel {
    /** Gets what the kernel says. */
    interface Owner {
        void onMessage(MessageInfo info, ByteBuffer bytes);

        void onAssociationChange(AssociationChangeNotification change);

        void onPathChange(PeerAddressChangeNotification change);

        void onSendFailed(int stream, ByteBuffer bytes);

        void onPeerShutdown();
    }

    private final Notifications notifications = new Notifications();
    private final ByteBuffer readBuffer;
    private Owner owner;

    /** @param readBuffer shared by all channels of the loop */
    KernelChannel(final Channel parent, final SctpChannel channel, final ByteBuffer readBuffer) {
        super(parent, channel);
        this.readBuffer = readBuffer;
    }

    void setOwner(final Owner newOwner) {
        owner = newOwner;
    }

    @Override
    protected int doReadMessages(final List<Object> unused) throws Exception {
        readBuffer.clear();
        final MessageInfo info = javaChannel().receive(readBuffer, null, notifications);
        if (info == null) {
            return 0;
        }
        if (info.bytes() < 0) {
            return -1;
        }
        readBuffer.flip();
        owner.onMessage(info, readBuffer);
        return 1;
    }

    /** Starts the SHUTDOWN sequence: what the kernel has is delivered first. */
    void startShutdown() throws IOException {
        javaChannel().shutdown();
    }

    /** Makes the close that follows an ABORT (RFC 6458 section 8.1.4: linger with time 0). */
    void makeCloseAbortive() throws IOException {
        javaChannel().setOption(SctpStandardSocketOptions.SO_LINGER, 0);
    }

    private final class Notifications extends AbstractNotificationHandler<Object> {
        @Override
        public HandlerResult handleNotification(final AssociationChangeNotification change, final Object unused) {
            owner.onAssociationChange(change);
            return HandlerResult.CONTINUE;
        }

        @Override
        public HandlerResult handleNotification(final PeerAddressChangeNotification change, final Object unused) {
            owner.onPathChange(change);
            return HandlerResult.CONTINUE;
        }

        @Override
        public HandlerResult handleNotification(final SendFailedNotification failed, final Object unused) {
            owner.onSendFailed(failed.streamNumber(), failed.buffer());
            return HandlerResult.CONTINUE;
        }

        @Override
        public HandlerResult handleNotification(final ShutdownNotification shutdown, final Object unused) {
            owner.onPeerShutdown();
            return HandlerResult.CONTINUE;
        }
    }
}
