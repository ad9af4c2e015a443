// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.nio.sctp.AssociationChangeNotification;
import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.PeerAddressChangeNotification;
import io.netty.channel.nio.AbstractNioChannel;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An end of file while the kernel has more to say: until then the socket counts as readable all the time. */
class EndOfFileTest {
    private final FakeSctpChannel socket = new FakeSctpChannel();
    private final KernelChannel channel = new KernelChannel(null, socket, ByteBuffer.allocateDirect(2048), 16);

    /** What Netty asks after each read: with it the selector looks at the socket again, at once. */
    private boolean isAskedForMore() throws Exception {
        final Method isReadPending = AbstractNioChannel.class.getDeclaredMethod("isReadPending");
        isReadPending.setAccessible(true);
        return (boolean) isReadPending.invoke(channel);
    }

    /** What Netty does when somebody says that he wants to read. */
    private void ask() throws Exception {
        final Method setReadPending = AbstractNioChannel.class.getDeclaredMethod("setReadPending", boolean.class);
        setReadPending.setAccessible(true);
        setReadPending.invoke(channel, true);
    }

    @Test
    void theSocketIsLeftAloneAfterEachLook() throws Exception {
        channel.setOwner(new More());
        socket.end();
        for (int look = 1; look <= 3; look++) {
            ask();
            assertThat(isAskedForMore()).isTrue();
            assertThat(channel.doReadMessages(List.of())).isZero();
            assertThat(isAskedForMore()).as("after look %d", look).isFalse();
            assertThat(channel.config().isAutoRead()).isFalse();
        }
    }

    /** Whose kernel has more to say. */
    private static final class More implements KernelChannel.Owner {
        @Override
        public boolean takesMore() {
            return true;
        }

        @Override
        public void onMessage(final MessageInfo info, final ByteBuffer bytes) {
            throw new AssertionError("there is none");
        }

        @Override
        public void onAssociationChange(final AssociationChangeNotification change) {
            throw new AssertionError("there is none");
        }

        @Override
        public void onPathChange(final PeerAddressChangeNotification change) {
            throw new AssertionError("there is none");
        }

        @Override
        public void onSendFailed(final int stream, final ByteBuffer bytes) {
            throw new AssertionError("there is none");
        }

        @Override
        public void onPeerShutdown() {
            throw new AssertionError("there is none");
        }

        @Override
        public boolean onEndOfFile() {
            return false;
        }

        @Override
        public boolean onWritable() {
            throw new AssertionError("nothing is to be written");
        }
    }
}
