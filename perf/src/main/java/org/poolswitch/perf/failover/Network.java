// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The telephone network that demo and benchmarks run: three registrars, three GWCs, two GKs, an MG and an SG. */
final class Network {
    static final List<String> REGISTRARS = List.of("registrar1", "registrar2", "registrar3");
    private static final List<String> GKS = List.of("gk1", "gk2");
    /** Whom the captured call calls; nobody answered it. */
    private static final String REPLAYED_NUMBER = "12025550143";
    private static final List<String> GWCS = List.of("gwc1", "gwc2", "gwc3");

    private Network() {
    }

    /** Every node but the SG, in the order in which they may be stopped. */
    static List<String> controllers() {
        final List<String> all = new ArrayList<>(GWCS);
        all.addAll(GKS);
        all.add("mg");
        all.addAll(REGISTRARS);
        return all;
    }

    /** A GWC for each round; after the last one comes the first. */
    static String gwc(final int round) {
        return GWCS.get(round % GWCS.size());
    }

    /** Where the media gateway notes who was called. */
    static Path seizures(final Path folder) {
        return folder.resolve("mg-seizures.csv");
    }

    /** Where the signaling gateway notes its calls. */
    static Path records(final Path folder) {
        return folder.resolve("sg-calls.csv");
    }

    /** Starts everything but the SG, and waits until it is in service. */
    static void startControllers(final Cluster cluster, final Path folder) throws Exception {
        for (final String registrar : REGISTRARS) {
            cluster.start(registrar);
        }
        cluster.awaitUp(REGISTRARS);
        for (final String gk : GKS) {
            cluster.start(gk, "--admission", "hold", "--admission-setting",
                HoldAdmission.FILE + "=" + Faults.holdFile(folder));
        }
        cluster.start("mg", "--seizures", seizures(folder).toString(), "--behaviour", REPLAYED_NUMBER + "=ring");
        for (final String gwc : GWCS) {
            cluster.start(gwc, "--no-answer-seconds", "3", "--drill-cut", Faults.cutFile(folder, gwc).toString());
        }
        cluster.awaitUp(controllers());
    }

    /** Starts the SG with its calls. */
    static void startGateway(final Cluster cluster, final Path folder, final int calls, final int rate,
        final String... more) throws Exception {
        final List<String> options = new ArrayList<>(List.of("--calls", Integer.toString(calls), "--rate",
            Integer.toString(rate), "--records", records(folder).toString()));
        options.addAll(Arrays.asList(more));
        cluster.start("sg", options.toArray(String[]::new));
        cluster.awaitUp(List.of("sg"));
    }
}
