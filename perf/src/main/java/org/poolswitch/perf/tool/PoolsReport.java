// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.poolswitch.launch.PolicyName;
import org.poolswitch.perf.tool.HandlespaceQuery.Listed;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;

/** A handlespace as text. */
final class PoolsReport {
    private final String registrar;
    private final int server;
    private final Map<PoolHandle, List<Listed>> pools;

    PoolsReport(final String registrar, final int server, final Map<PoolHandle, List<Listed>> pools) {
        this.registrar = registrar;
        this.server = server;
        this.pools = pools;
    }

    private List<PoolHandle> sorted() {
        return pools.keySet().stream().sorted(Comparator.comparing(PoolHandle::toString)).toList();
    }

    private static List<Listed> sorted(final List<Listed> elements) {
        return elements.stream()
            .sorted((a, b) -> Integer.compareUnsigned(a.element().identifier(), b.element().identifier())).toList();
    }

    private int elements() {
        return pools.values().stream().mapToInt(List::size).sum();
    }

    /** For people. */
    String table() {
        final TextTable table = new TextTable("POOL", "POLICY", "ELEMENT", "HOME", "VALUES", "LIFE", "AGE",
            "TRANSPORT");
        for (final PoolHandle pool : sorted()) {
            for (final Listed listed : sorted(pools.get(pool))) {
                final PoolElementParameter e = listed.element();
                table.row(HandleText.of(pool.octets()), PolicyName.name(e.policyType()),
                    ElementText.id(e.identifier()),
                    e.homeServer() == server ? ElementText.home(e) + "*" : ElementText.home(e),
                    ElementText.values(e), ElementText.life(e),
                    listed.ageMillis() < 0 ? "-" : String.format(Locale.ROOT, "%.1f s", listed.ageMillis() / 1e3),
                    TransportText.of(e.userTransport()).toString());
            }
        }
        return "registrar " + ElementText.id(server) + " at " + registrar + ": " + count(pools.size(), "pool") + ", "
            + count(elements(), "element") + (pools.isEmpty() ? "\n" : " (* its own)\n" + table);
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
                out.writeStringField("policy", PolicyName.name(pools.get(pool).get(0).element().policyType()));
                out.writeArrayFieldStart("elements");
                for (final Listed listed : sorted(pools.get(pool))) {
                    ElementText.begin(out, listed.element());
                    if (listed.ageMillis() >= 0) {
                        out.writeNumberField("ageMillis", listed.ageMillis());
                    }
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
