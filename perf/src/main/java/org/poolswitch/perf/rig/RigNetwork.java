// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The two network namespaces that {@code perf/rig/interop-guest} makes, "ours" (this process lives there) and "theirs",
 * joined by two pairs of veth interfaces, a0-z0 and a1-z1: two paths.
 */
final class RigNetwork {
    private RigNetwork() {
    }

    /** The address at our end of a path. */
    static String ours(final int path) {
        return "10.71." + path + ".1";
    }

    /** The address at the peer's end. */
    static String theirs(final int path) {
        return "10.71." + path + ".2";
    }

    static List<InetAddress> hosts(final boolean ours, final int paths) throws IOException {
        final List<InetAddress> hosts = new ArrayList<>();
        for (int path = 0; path < paths; path++) {
            hosts.add(InetAddress.getByName(ours ? ours(path) : theirs(path)));
        }
        return hosts;
    }

    /** What happens to packets on a path from now on, both ways; nothing for "they arrive". */
    static void shape(final int path, final String netem) throws IOException, InterruptedException {
        for (final String device : List.of("a", "z")) {
            final List<String> tc = new ArrayList<>(device.equals("a") ? List.of("tc") : List.of("tc", "-n", "theirs"));
            tc.addAll(List.of("qdisc", "replace", "dev", device + path, "root"));
            tc.addAll(netem.isEmpty() ? List.of("pfifo", "limit", "10000")
                : List.of(("netem limit 10000 " + netem).split(" ")));
            run(tc);
        }
    }

    /** Nothing arrives on a path any more, and nobody is told. */
    static void cut(final int path) throws IOException, InterruptedException {
        shape(path, "loss 100%");
    }

    /** How many packets were dropped since the path was cut: those that we sent, or those of the peer's. */
    static long dropped(final int path, final boolean ours) throws IOException, InterruptedException {
        final List<String> tc = new ArrayList<>(ours ? List.of("tc") : List.of("tc", "-n", "theirs"));
        tc.addAll(List.of("-s", "qdisc", "show", "dev", (ours ? "a" : "z") + path));
        final String said = run(tc);
        try {
            return Long.parseLong(said.replaceFirst("(?s).*?\\(dropped (\\d+),.*", "$1"));
        } catch (final NumberFormatException e) {
            throw new IOException("tc does not say how many packets were dropped: " + said, e);
        }
    }

    private static String run(final List<String> command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
        return said;
    }
}
