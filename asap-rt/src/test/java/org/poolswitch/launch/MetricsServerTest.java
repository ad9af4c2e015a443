// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The metrics' web server among clients that know it, do not know it, and wish it ill. */
class MetricsServerTest {
    private static final InetAddress HOST = InetAddress.getLoopbackAddress();
    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Callable<Boolean> alive = () -> true;
    private int port;
    private MetricsServer server;

    @BeforeEach
    void serve() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, HOST)) {
            port = free.getLocalPort();
        }
        server = MetricsServer.open(HOST, port);
        final MetricsBook book = new MetricsBook();
        book.gauge("test_value", "A value.", () -> 42);
        server.serve(book, () -> alive.call());
    }

    @AfterEach
    void close() {
        end.countDown();
        server.close();
    }

    private HttpResponse<String> ask(final String method, final String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create("http://" + HOST.getHostAddress() + ":" + port + path))
            .timeout(Duration.ofSeconds(60)).method(method, HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void servesTheBookAndNothingElse() throws Exception {
        final HttpResponse<String> page = ask("GET", "/metrics");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("# TYPE test_value gauge\n", "test_value 42.0\n");
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(ask("GET", "/metrics?name=x").statusCode()).isEqualTo(200);
        assertThat(ask("HEAD", "/metrics").statusCode()).isEqualTo(200);
        for (final String wrong : List.of("/", "/metric", "/metricsfoo", "/metrics/", "/healthy", "//metrics")) {
            assertThat(ask("GET", wrong).statusCode()).as(wrong).isEqualTo(404);
        }
        assertThat(ask("POST", "/metrics").statusCode()).isEqualTo(405);
    }

    @Test
    void healthIsWhetherTheNodesThreadAnswers() throws Exception {
        assertThat(ask("GET", "/health").body()).isEqualTo("ok\n");
        alive = () -> end.await(1, java.util.concurrent.TimeUnit.HOURS);
        assertThat(ask("GET", "/health").statusCode()).isEqualTo(503);
    }

    /** More of them than there are threads. */
    @Test
    void clientsThatNeverFinishTheirQuestionKeepNobodyFromHis() throws Exception {
        final List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                final Socket socket = new Socket(HOST, port);
                slow.add(socket);
                socket.getOutputStream().write("GET /met".getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(ask("GET", "/metrics").statusCode()).isEqualTo(200);
        } finally {
            for (final Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aPortThatIsTakenIsASentence() {
        assertThatThrownBy(() -> MetricsServer.open(HOST, port)).isInstanceOf(ConfigException.class)
            .hasMessageContaining("port " + port).hasMessageEndingWith("choose another --metrics-port");
    }
}
