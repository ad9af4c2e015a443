// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Serves {@code GET /metrics} in the Prometheus text format, and {@code GET /health}: whether the node's own thread
 * answers. Anybody may come and be slow; nobody keeps others waiting for long.
 */
final class MetricsServer implements AutoCloseable {
    private static final int BACKLOG = 16;
    /** Clients that are read from or written to at a time. */
    private static final int THREADS = 4;
    /** How long one may take to ask, and then to take its answer. */
    private static final String SECONDS = "5";
    private static final long HEALTH_MILLIS = 1_000;
    private static final String TEXT = "text/plain; charset=utf-8";

    static {
        // the JDK's server has no other way to be told, and without them one that never ends its line keeps its thread
        System.setProperty("sun.net.httpserver.maxReqTime", SECONDS);
        System.setProperty("sun.net.httpserver.maxRspTime", SECONDS);
    }

    private final HttpServer server;
    private final ExecutorService clients = Executors.newFixedThreadPool(THREADS, task -> thread("metrics", task));
    private final ExecutorService questions = Executors.newSingleThreadExecutor(task -> thread("health", task));

    private MetricsServer(final HttpServer server) {
        this.server = server;
    }

    /**
     * Takes the port.
     *
     * @param port 0 for a server that is not there
     * @throws ConfigException with a sentence if it cannot be had
     */
    static MetricsServer open(final InetAddress host, final int port) throws ConfigException {
        try {
            return new MetricsServer(port == 0 ? null : HttpServer.create(new InetSocketAddress(host, port), BACKLOG));
        } catch (final IOException e) {
            throw new ConfigException("cannot serve metrics on " + host.getHostAddress() + " port " + port + ": "
                + e.getMessage() + "; choose another --metrics-port");
        }
    }

    /**
     * Answers from now on.
     *
     * @param alive asks the node's thread something; whoever waits for it longer than a second is told that it is busy
     */
    void serve(final MetricsBook book, final Callable<Boolean> alive) {
        if (server == null) {
            return;
        }
        server.createContext("/", exchange -> answer(exchange, 404, TEXT, "there are /metrics and /health\n"));
        server.createContext("/metrics", exchange -> onGet(exchange,
            () -> answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", book.scrape())));
        server.createContext("/health", exchange -> onGet(exchange, () -> {
            final boolean well = answers(alive);
            answer(exchange, well ? 200 : 503, TEXT, well ? "ok\n" : "the node's thread is busy\n");
        }));
        server.setExecutor(clients);
        server.start();
    }

    private interface Answer {
        void give() throws IOException;
    }

    private static void onGet(final HttpExchange exchange, final Answer answer) throws IOException {
        final String path = exchange.getRequestURI().getPath();
        if (!path.equals(exchange.getHttpContext().getPath())) {
            answer(exchange, 404, TEXT, "there is no " + path + "\n");
        } else if (exchange.getRequestMethod().equals("GET") || exchange.getRequestMethod().equals("HEAD")) {
            answer.give();
        } else {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            answer(exchange, 405, TEXT, "only GET and HEAD\n");
        }
    }

    private boolean answers(final Callable<Boolean> alive) {
        try {
            return questions.submit(alive).get(HEALTH_MILLIS, TimeUnit.MILLISECONDS);
        } catch (final Exception e) {
            return false;
        }
    }

    private static void answer(final HttpExchange exchange, final int status, final String type, final String text)
        throws IOException {
        try (exchange) {
            final byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            final boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static Thread thread(final String name, final Runnable task) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
        clients.shutdownNow();
        questions.shutdownNow();
    }
}
