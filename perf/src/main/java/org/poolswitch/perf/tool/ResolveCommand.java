// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.NodeOptions;
import org.poolswitch.launch.PolicyName;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.sctp.SctpAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code poolswitch resolve}: what a registrar answers a pool user. */
@Command(name = "resolve", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Asks a registrar who is in a pool (ASAP HANDLE_RESOLUTION).",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {"0:the pool has elements", "2:wrong option", "4:no such pool, or nobody is in it",
        "5:no registrar answered", "6:the registrar refused to say"})
public final class ResolveCommand implements Callable<Integer> {
    static final int UNKNOWN_POOL = 4;
    static final int NO_REGISTRAR = 5;
    static final int REFUSED = 6;

    @Parameters(paramLabel = "HANDLE", description = "The pool's name; 0x and hexadecimal digits for any octets.")
    private String handle;

    @Option(names = "--registrar", paramLabel = "IP[+IP...][:PORT]", split = ",", defaultValue = "127.0.0.1:3863",
        description = "Registrars to ask, one after the other until one answers (default: ${DEFAULT-VALUE}).")
    private List<String> registrars = new ArrayList<>();

    @Option(names = "--items", paramLabel = "N", defaultValue = "0",
        description = "How many elements to ask for; 0 = as many as the registrar names by itself "
            + "(default: ${DEFAULT-VALUE}).")
    private int items;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Mixin
    private ToolOptions options;

    @Override
    public Integer call() throws Exception {
        options.validate();
        if (items < 0) {
            throw new ConfigException("--items cannot be negative");
        }
        final byte[] octets = HandleText.parse(handle);
        final List<SctpAddress> peers = options.peers("--registrar", registrars, NodeOptions.ASAP_PORT);
        final long timeoutNs = options.timeoutNs();
        final ResolveQuery[] query = new ResolveQuery[1];
        ToolRunner.run(options, peers.get(0), endpoint -> over -> {
            query[0] = new ResolveQuery(endpoint, peers, octets, items, timeoutNs, over);
            return query[0];
        });
        return report(query[0], HandleText.of(octets));
    }

    private int report(final ResolveQuery query, final String pool) throws IOException {
        query.troubles().forEach(t -> System.err.println("poolswitch resolve: " + t));
        if (!query.answered()) {
            System.err.println("poolswitch resolve: no registrar answered");
            return NO_REGISTRAR;
        }
        if (query.unknown()) {
            System.err.println("poolswitch resolve: " + query.registrar() + " knows no pool '" + pool + "'");
            return UNKNOWN_POOL;
        }
        if (query.refusal() != null) {
            System.err.println("poolswitch resolve: " + query.registrar() + " refused: " + query.refusal());
            return REFUSED;
        }
        System.out.print(json ? json(query, pool) : table(query, pool));
        return 0;
    }

    static String table(final ResolveQuery query, final String pool) {
        final TextTable table = new TextTable("ELEMENT", "HOME", "VALUES", "LIFE", "TRANSPORT");
        for (final PoolElementParameter e : query.elements()) {
            table.row(ElementText.id(e.identifier()), ElementText.home(e), ElementText.values(e), ElementText.life(e),
                TransportText.of(e.userTransport()).toString());
        }
        final int n = query.elements().size();
        return "pool " + pool + ", policy " + PolicyName.name(ByteBuffer.wrap(query.policy()).getInt()) + ", " + n
            + (n == 1 ? " element" : " elements") + " named by " + query.registrar() + "\n" + table;
    }

    static String json(final ResolveQuery query, final String pool) throws IOException {
        final StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("registrar", query.registrar().toString());
            out.writeStringField("pool", pool);
            out.writeStringField("policy", PolicyName.name(ByteBuffer.wrap(query.policy()).getInt()));
            out.writeArrayFieldStart("elements");
            for (final PoolElementParameter e : query.elements()) {
                ElementText.begin(out, e);
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return text.append('\n').toString();
    }
}
