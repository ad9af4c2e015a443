// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import com.sun.nio.sctp.SctpChannel;
import io.netty.channel.sctp.nio.NioSctpServerChannel;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Netty's listening channel, accepting {@link KernelChannel}s. */
final class KernelServerChannel extends NioSctpServerChannel {
    private final ByteBuffer buffer;
    private final int messagesPerRead;
    private final BooleanSupplier takesMore;

    /** @param takesMore false while who comes has to wait in the kernel */
    KernelServerChannel(final ByteBuffer buffer, final int messagesPerRead, final BooleanSupplier takesMore) {
        this.buffer = buffer;
        this.messagesPerRead = messagesPerRead;
        this.takesMore = takesMore;
    }

    @Override
    protected int doReadMessages(final List<Object> accepted) throws Exception {
        final SctpChannel channel = takesMore.getAsBoolean() ? javaChannel().accept() : null;
        if (channel == null) {
            return 0;
        }
        accepted.add(new KernelChannel(this, channel, buffer, messagesPerRead));
        return 1;
    }
}
