// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * From the SIGKILL of an element's process until the last of three registrars has removed it, while nobody uses the
 * element: so nobody reports it either, and its home registrar must notice by itself.
 */
public final class ElementDeaths {
    private static final String ELEMENT = "gk1";
    /** An element that is up is known to all registrars before that; and they are at rest again. */
    private static final long REST_MILLIS = 500;
    private static final long PATIENCE_MILLIS = 60_000;

    private ElementDeaths() {
    }

    /**
     * Kills a gatekeeper so often, one after the other.
     *
     * @param folder gets the logs
     * @return microseconds until all registrars had removed it
     * @throws IllegalStateException if some registrar lists a dead one for a minute
     */
    public static Histogram run(final Path folder, final int deaths) throws Exception {
        Folders.empty("--out", folder);
        final RegistrarBook book = new RegistrarBook();
        try (Cluster cluster = new Cluster(folder, false, book::onEvent)) {
            for (final String registrar : Network.REGISTRARS) {
                cluster.start(registrar);
            }
            cluster.awaitUp(Network.REGISTRARS);
            cluster.start(ELEMENT);
            for (int i = 0; i < deaths; i++) {
                cluster.awaitUp(List.of(ELEMENT));
                TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
                final NodeProcess process = cluster.node(ELEMENT);
                book.died(new Death(Death.Kind.KILL_GK, ELEMENT, System.nanoTime()));
                process.kill();
                awaitRemoval(book);
                process.awaitExit(5);
                cluster.restart(ELEMENT);
            }
        }
        return book.removals(Death.Kind.KILL_GK);
    }

    private static void awaitRemoval(final RegistrarBook book) throws InterruptedException {
        for (long waited = 0; book.isWaiting(); waited++) {
            if (waited == PATIENCE_MILLIS) {
                throw new IllegalStateException("a registrar still lists an element that was killed a minute ago");
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
