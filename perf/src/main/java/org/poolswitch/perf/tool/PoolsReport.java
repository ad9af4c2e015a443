// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.poolswitch.launch.PolicyName;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;

/** A handlespace as text; remembers when each element was seen first. */
final class PoolsReport {
    private record Key(PoolHandle pool, int element) {
    }

    private final String registrar;
    private Map<Key, Long> firstSeenNs = new HashMap<>();
    private Map<PoolHandle, List<PoolElementParameter>> pools = Map.of();
    private int server;
    private long nowNs;

    PoolsReport(final String registrar) {
        this.registrar = registrar;
    }

    /** True for that registrar: elements of another one have another age. */
    boolean isAbout(final String address) {
        return registrar.equals(address);
    }

    /** The newest download. */
    void update(final int newServer, final Map<PoolHandle, List<PoolElementParameter>> newPools, final long atNs) {
        final Map<Key, Long> seen = new HashMap<>();
        newPools.forEach((pool, elements) -> elements.forEach(e -> {
            final Key key = new Key(pool, e.identifier());
            seen.put(key, firstSeenNs.getOrDefault(key, atNs));
        }));
        firstSeenNs = seen;
        pools = newPools;
        server = newServer;
        nowNs = atNs;
    }

    private List<PoolHandle> sorted() {
        return pools.keySet().stream().sorted(Comparator.comparing(PoolHandle::toString)).toList();
    }

    private static List<PoolElementParameter> sorted(final List<PoolElementParameter> elements) {
        return elements.stream()
            .sorted((a, b) -> Integer.compareUnsigned(a.identifier(), b.identifier())).toList();
    }

    private long seenMillis(final PoolHandle pool, final PoolElementParameter e) {
        return (nowNs - firstSeenNs.get(new Key(pool, e.identifier()))) / 1_000_000;
    }

    /** For people. */
    String table() {
        final TextTable table = new TextTable("POOL", "POLICY", "ELEMENT", "HOME", "VALUES", "LIFE", "SEEN FOR",
            "TRANSPORT");
        for (final PoolHandle pool : sorted()) {
            for (final PoolElementParameter e : sorted(pools.get(pool))) {
                table.row(HandleText.of(pool.octets()), PolicyName.name(e.policyType()),
                    ElementText.id(e.identifier()),
                    e.homeServer() == server ? ElementText.home(e) + "*" : ElementText.home(e),
                    ElementText.values(e), ElementText.life(e),
                    String.format(Locale.ROOT, "%.1f s", seenMillis(pool, e) / 1e3),
                    TransportText.of(e.userTransport()).toString());
            }
        }
        return "registrar " + ElementText.id(server) + " at " + registrar + ": " + count(pools.size(), "pool") + ", "
            + count(firstSeenNs.size(), "element") + (pools.isEmpty() ? "\n" : " (* its own)\n" + table);
    }

    private static String count(final int n, final String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    /** For programs: one object on one line. */
    String json() throws IOException {
        final StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("registrar", registrar);
            out.writeStringField("server", ElementText.id(server));
            out.writeArrayFieldStart("pools");
            for (final PoolHandle pool : sorted()) {
                out.writeStartObject();
                out.writeStringField("pool", HandleText.of(pool.octets()));
                out.writeStringField("policy", PolicyName.name(pools.get(pool).get(0).policyType()));
                out.writeArrayFieldStart("elements");
                for (final PoolElementParameter e : sorted(pools.get(pool))) {
                    ElementText.begin(out, e);
                    out.writeNumberField("seenMillis", seenMillis(pool, e));
                    out.writeEndObject();
                }
                out.writeEndArray();
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return text.append('\n').toString();
    }
}
