// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.poolswitch.launch.ConfigException;

/**
 * A deployment on this host's loopback: every node a process with an address of its own in 127.0.9.0/24, so that all of
 * them use the standard ports. Closing it leaves no process behind, whatever state they are in.
 */
final class Cluster implements AutoCloseable {
    /** Seconds a node may take to say that it is in service; a cold JVM on a busy machine needs a few. */
    private static final long START_SECONDS = 30;
    private static final String NETWORK = "127.0.9.";

    private final Path folder;
    private final Consumer<NodeEvent> listener;
    private final List<String> jvm;
    private final Map<String, NodeProcess> nodes = new LinkedHashMap<>();
    private final Map<String, List<String>> commands = new LinkedHashMap<>();
    private final Map<String, Integer> runs = new LinkedHashMap<>();
    private final List<Path> captures = new ArrayList<>();
    private final String key;
    private final boolean capture;
    private volatile boolean closed;

    /**
     * @param folder   gets each process's log and packets
     * @param capture  whether the nodes write their packets
     * @param listener hears every event of every node, on threads of its own
     */
    Cluster(final Path folder, final boolean capture, final Consumer<NodeEvent> listener) throws IOException {
        this.folder = folder;
        this.capture = capture;
        this.listener = listener;
        jvm = JvmOptions.ofThisProcess();
        final byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        key = HexFormat.of().formatHex(secret);
        Files.createDirectories(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "cluster-close"));
    }

    /** Addresses by the node's name: the same node keeps its address over restarts. */
    static String address(final String name) {
        return NETWORK + switch (name) {
            case "registrar1", "registrar2", "registrar3" -> name.substring(9);
            case "mg" -> "5";
            case "sg" -> "9";
            default -> name.startsWith("gk") ? "2" + name.substring(2) : "1" + name.substring(3);
        };
    }

    /** Starts a node and does not wait. */
    void start(final String name, final String... options) throws IOException {
        final List<String> args = new ArrayList<>();
        args.add(name.replaceAll("[0-9]+$", ""));
        args.addAll(List.of("--address", address(name)));
        if (name.startsWith("registrar")) {
            args.addAll(List.of("--peer", registrarsWithout(name)));
        } else {
            args.addAll(List.of("--registrar", registrarsWithout("")));
        }
        if (name.startsWith("gwc") || name.startsWith("gk")) {
            args.addAll(List.of("--cookie-key", key));
        }
        args.addAll(List.of(options));
        commands.put(name, args);
        launch(name);
    }

    private static String registrarsWithout(final String name) {
        return Network.REGISTRARS.stream().filter(r -> !r.equals(name)).map(Cluster::address)
            .collect(Collectors.joining(","));
    }

    /** Starts a node again, as it was started before. */
    void restart(final String name) throws IOException {
        launch(name);
    }

    private synchronized void launch(final String name) throws IOException {
        if (closed) {
            return;
        }
        final int run = runs.merge(name, 1, Integer::sum);
        final List<String> args = new ArrayList<>(commands.get(name));
        if (capture) {
            final Path pcap = folder.resolve(name + "-" + run + ".pcap");
            captures.add(pcap);
            args.addAll(List.of("--pcap", pcap.toString()));
        }
        nodes.put(name, new NodeProcess(name, jvm, args, folder.resolve(name + "-" + run + ".log"), listener));
    }

    /** Waits until all of them are in service, or says which is not and what it printed last. */
    void awaitUp(final List<String> names) throws InterruptedException, ConfigException, IOException {
        for (final String name : names) {
            if (!node(name).awaitUp(START_SECONDS)) {
                final Path log = folder.resolve(name + "-" + runs.get(name) + ".log");
                throw new ConfigException(name + " did not come up; its last words:\n" + tail(log));
            }
        }
    }

    private static String tail(final Path log) throws IOException {
        final List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of("(nothing)");
        return "  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    }

    synchronized NodeProcess node(final String name) {
        return nodes.get(name);
    }

    /** The packet files written so far, one per process. */
    List<Path> captures() {
        return List.copyOf(captures);
    }

    /** SIGTERM to all, in this order, each given some seconds to finish. @return names of those that did not */
    List<String> stop(final List<String> names, final long seconds) throws InterruptedException {
        final List<String> stuck = new ArrayList<>();
        for (final String name : names) {
            node(name).terminate();
            if (node(name).awaitExit(seconds) < 0) {
                stuck.add(name);
            }
        }
        return stuck;
    }

    @Override
    public synchronized void close() {
        closed = true;
        nodes.values().forEach(NodeProcess::close);
    }
}
