// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.poolswitch.enrp.wire.EnrpType;
import org.poolswitch.launch.Millis;
import org.poolswitch.perf.Screen;
import org.poolswitch.sctp.SctpAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code poolswitch pools}: everything a registrar knows. */
@Command(name = "pools", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Lists all pools and elements that a registrar knows (ENRP HANDLE_TABLE_REQUEST).",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {"0:the list is complete", "2:wrong option", "5:no registrar answered"})
public final class PoolsCommand implements Callable<Integer> {
    /** A list is work for the registrar. */
    private static final long LEAST_INTERVAL_MS = 50;
    /** Cursor home, and erase what is below. */
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Option(names = "--registrar", paramLabel = "IP[+IP...][:PORT]", split = ",", defaultValue = "127.0.0.1:9901",
        description = "Registrars, with their ENRP port, to ask one after the other until one answers "
            + "(default: ${DEFAULT-VALUE}).")
    private List<String> registrars = new ArrayList<>();

    @Option(names = "--watch", description = "List again and again, until interrupted.")
    private boolean watch;

    @Option(names = "--interval-ms", paramLabel = "MS", defaultValue = "1000",
        description = "Time between two lists of --watch (default: ${DEFAULT-VALUE}).")
    private long intervalMs;

    @Option(names = "--json", description = "Print JSON, one object a line, instead of a table.")
    private boolean json;

    @Mixin
    private ToolOptions options;

    private long intervalNs;

    @Override
    public Integer call() throws Exception {
        options.validate();
        intervalNs = Millis.toNs("--interval-ms", intervalMs, LEAST_INTERVAL_MS);
        final List<SctpAddress> peers = options.peers("--registrar", registrars, EnrpType.PORT);
        boolean answered;
        do {
            answered = list(peers);
            if (watch) {
                // it answered and went away, or none is there: others may be by now
                Thread.sleep(intervalMs);
            }
            // nobody reads any more: the JVM passes over SIGPIPE
        } while (watch && !System.out.checkError());
        // a list that is not read to its end is no registrar's fault
        return answered || System.out.checkError() ? 0 : ResolveCommand.NO_REGISTRAR;
    }

    private boolean list(final List<SctpAddress> peers) throws Exception {
        final long timeoutNs = options.timeoutNs();
        final HandlespaceQuery[] query = new HandlespaceQuery[1];
        ToolRunner.run(options, peers.get(0), endpoint -> over -> {
            query[0] = new HandlespaceQuery(endpoint, peers, timeoutNs, watch ? intervalNs : 0,
                new SecureRandom(), (server, pools, nowNs) -> {
                    print(new PoolsReport(query[0].registrar().toString(), server, pools));
                    if (System.out.checkError()) {
                        query[0].beginDrain(nowNs);
                    }
                }, over);
            return query[0];
        });
        query[0].troubles().forEach(t -> System.err.println("poolswitch pools: " + t));
        if (!query[0].answered() && !System.out.checkError()) {
            System.err.println("poolswitch pools: no registrar answered");
        }
        return query[0].answered();
    }

    private void print(final PoolsReport report) {
        try {
            final boolean screen = watch && !json && Screen.canRedraw();
            System.out.print((screen ? CLEAR : "") + (json ? report.json() : report.table()));
            System.out.flush();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
