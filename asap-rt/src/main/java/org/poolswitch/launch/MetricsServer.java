// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Serves {@code GET /metrics} in the Prometheus text format, and {@code GET /health}. */
final class MetricsServer implements AutoCloseable {
    private static final int BACKLOG = 16;
    private final HttpServer server;
    private final MetricsBook book;

    MetricsServer(final InetAddress host, final int port, final MetricsBook book) throws ConfigException {
        this.book = book;
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
        } catch (final IOException e) {
            throw new ConfigException("cannot serve metrics on " + host.getHostAddress() + " port " + port + ": "
                + e.getMessage() + "; choose another --metrics-port");
        }
        server.createContext("/metrics", this::metrics);
        server.createContext("/health", exchange -> answer(exchange, "text/plain", "ok\n"));
        server.start();
    }

    private void metrics(final HttpExchange exchange) throws IOException {
        answer(exchange, "text/plain; version=0.0.4; charset=utf-8", book.scrape());
    }

    private static void answer(final HttpExchange exchange, final String type, final String text) throws IOException {
        try (exchange) {
            final byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
