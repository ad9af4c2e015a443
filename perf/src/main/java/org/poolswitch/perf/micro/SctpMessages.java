// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.micro;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.poolswitch.sctp.SctpConfig;

/**
 * A message of 128 octets from send to the receiver's listener, and its SACK back: both ends, one thread, no socket.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SctpMessages {
    private static final int OCTETS = 128;
    private static final int BATCH = 64;
    private static final long MOMENT_NS = 100_000;

    private CorePair pair;

    /** One association. */
    @Setup
    public void setUp() {
        pair = new CorePair(SctpConfig.carrier(), 1, OCTETS);
    }

    /** Batches, so that messages share packets as they do under load. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long bundled() {
        for (int i = 0; i < BATCH; i++) {
            pair.send();
        }
        pair.settle(MOMENT_NS);
        return pair.received();
    }

    /** Each message in a packet of its own. */
    @Benchmark
    public long single() {
        pair.send();
        pair.settle(MOMENT_NS);
        return pair.received();
    }
}
