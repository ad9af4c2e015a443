// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import com.sun.nio.sctp.SctpChannel;
import io.netty.channel.sctp.nio.NioSctpServerChannel;
import java.nio.ByteBuffer;
import java.util.List;

/** Netty's listening channel, accepting {@link KernelChannel}s. */
final class KernelServerChannel extends NioSctpServerChannel {
    private final ByteBuffer buffer;
    private final int messagesPerRead;

    KernelServerChannel(final ByteBuffer buffer, final int messagesPerRead) {
        this.buffer = buffer;
        this.messagesPerRead = messagesPerRead;
    }

    @Override
    protected int doReadMessages(final List<Object> accepted) throws Exception {
        final SctpChannel channel = javaChannel().accept();
        if (channel == null) {
            return 0;
        }
        accepted.add(new KernelChannel(this, channel, buffer, messagesPerRead));
        return 1;
    }
}
