// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.sctp;

import java.lang.management.ManagementFactory;
import org.poolswitch.perf.load.EchoNode;
import org.poolswitch.sctp.SctpEndpoint;

/**
 * Counts what comes. A message whose first octet is not 0 ends a run: it is answered by a line on standard output
 * that says how long the run took, and what it cost this process.
 */
final class SinkNode extends EchoNode {
    private static final double NANOS = 1e9;

    private final boolean echo;
    private final com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final com.sun.management.OperatingSystemMXBean system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
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
            cpuNs = system.getProcessCpuTime();
        }
        if (buffer[offset] != 0) {
            System.out.println("sink " + messages + " " + (System.nanoTime() - firstNs) / NANOS + " "
                + (threads.getCurrentThreadAllocatedBytes() - allocated) + " "
                + (system.getProcessCpuTime() - cpuNs) / NANOS);
            messages = 0;
        }
    }
}
