// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.micro;

import java.net.InetAddress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.poolswitch.rserpool.Handlespace;
import org.poolswitch.rserpool.HandlespaceLimits;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.Pool;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.rserpool.TransportParameter;

/** What a registrar does with its handlespace, by policy and size. */
@State(Scope.Thread)
// as the launcher starts a registrar: a million elements in pages of 4 KiB cost more in page tables than in caches
@Fork(value = 1, jvmArgsAppend = {"-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseTransparentHugePages", "-Xms1g",
    "-Xmx1g"})
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandlespaceOps {
    private static final PoolHandle POOL = PoolHandle.of("bench");
    private static final int ITEMS = 3;

    /** Elements in the pool. */
    @Param({"100", "10000", "1000000"})
    public int elements;

    /** The pool's policy. */
    @Param({"RR", "WRR", "RAND", "WRAND", "PRIO", "LU", "LUD", "PLU", "RLU"})
    public String policy;

    private final SplittableRandom random = new SplittableRandom(1);
    private final PoolElementEntry[] selected = new PoolElementEntry[ITEMS];
    private final ParameterWriter out = new ParameterWriter(4096);
    private byte[] transport;
    private Handlespace space;
    private Pool pool;
    private PoolElementParameter[] others;
    private int next;

    private static int type(final String name) {
        return switch (name) {
            case "RR" -> PolicyType.ROUND_ROBIN;
            case "WRR" -> PolicyType.WEIGHTED_ROUND_ROBIN;
            case "RAND" -> PolicyType.RANDOM;
            case "WRAND" -> PolicyType.WEIGHTED_RANDOM;
            case "PRIO" -> PolicyType.PRIORITY;
            case "LU" -> PolicyType.LEAST_USED;
            case "LUD" -> PolicyType.LEAST_USED_DEGRADATION;
            case "PLU" -> PolicyType.PRIORITY_LEAST_USED;
            default -> PolicyType.RANDOMIZED_LEAST_USED;
        };
    }

    private PoolElementParameter element(final int id) {
        return new PoolElementParameter(id, 1, 60_000, transport,
            PolicyParameter.of(type(policy), 1 + random.nextInt(100), 1 + random.nextInt(10)).value());
    }

    /** Fills the pool, in random order. */
    @Setup
    public void fill() throws Exception {
        transport = TransportParameter.sctp(2905, TransportParameter.DATA_PLUS_CONTROL,
            List.of(InetAddress.getByAddress(new byte[] {10, 0, 0, 1}))).octets();
        space = new Handlespace(HandlespaceLimits.DEFAULT, random.split());
        for (int i = 0; i < elements; i++) {
            space.put(POOL, element(i * 0x9e3779b1 | 1 << 31));
        }
        pool = space.pool(POOL);
        others = new PoolElementParameter[1024];
        for (int i = 0; i < others.length; i++) {
            others[i] = element(random.nextInt(elements) * 0x9e3779b1 | 1 << 31);
        }
    }

    /** A whole answer with three elements: found by handle, selected, written. */
    @Benchmark
    public int resolve() {
        final Pool found = space.pool(POOL);
        final int n = found.select(selected, ITEMS);
        final int needed = PoolElementEntry.asapLength(selected, n);
        out.message(6, 0);
        found.handle().write(out);
        selected[0].writePolicy(out);
        for (int i = 0; i < n; i++) {
            selected[i].writeAsap(out);
        }
        return needed <= out.remaining() ? out.finish() : 0;
    }

    /** An element registers again with another load or weight. */
    @Benchmark
    public int registerAgain() {
        next = next + 1 & others.length - 1;
        return space.put(POOL, others[next]);
    }

    /** An element goes and comes back. */
    @Benchmark
    public int leaveAndJoin() {
        next = next + 1 & others.length - 1;
        final PoolElementEntry e = space.find(pool, others[next].identifier());
        if (e != null && pool.size() > 1) {
            space.remove(e);
        }
        return space.put(POOL, others[next]);
    }

    /** PE checksum of a registrar. */
    @Benchmark
    public int checksum() {
        return space.checksum(1);
    }
}
