// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.lang.management.ManagementFactory;
import org.poolswitch.perf.load.EchoNode;
import org.poolswitch.sctp.SctpEndpoint;

/**
 * Counts what comes. A message whose first octet is not 0 ends a run: it is answered by a line on standard output
 * that says how many came, how long it took in nanoseconds, and what it cost this thread: octets and nanoseconds.
 */
final class SinkNode extends EchoNode {
    private final boolean echo;
    private final com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long messages;
    private long firstNs;
    private long allocated;
    private long cpuNs;

    SinkNode(final SctpEndpoint endpoint, final boolean echo) {
        super(endpoint);
        this.echo = echo;
    }

    @Override
    public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        if (echo) {
            super.onMessage(association, stream, ppid, unordered, buffer, offset, length, nowNs);
            return;
        }
        if (messages++ == 0) {
            firstNs = System.nanoTime();
            allocated = threads.getCurrentThreadAllocatedBytes();
            cpuNs = threads.getCurrentThreadCpuTime();
        }
        if (buffer[offset] != 0) {
            System.out.println("sink " + messages + " " + (System.nanoTime() - firstNs) + " "
                + (threads.getCurrentThreadAllocatedBytes() - allocated) + " "
                + (threads.getCurrentThreadCpuTime() - cpuNs));
            messages = 0;
        }
    }
}
