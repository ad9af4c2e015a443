// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import java.util.List;
import org.poolswitch.asap.AsapStack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator when no registrar answers, and when one does again; calls go on from the caches meanwhile. */
final class RegistrarWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrarWatch.class);
    private static final long PATIENCE_NS = 1_000_000_000L;
    private static final long REMINDER_NS = 30_000_000_000L;

    private final AsapStack stack;
    private final String where;
    private boolean wasConnected;
    private boolean told;
    private long missingSinceNs;

    RegistrarWatch(final AsapStack stack, final NodeOptions options) {
        this.stack = stack;
        final List<String> names = options.registrarNames();
        where = String.join(", ", names) + (options.registrarAnnounce == null ? ""
            : (names.isEmpty() ? "" : " or ") + "those announced at " + options.registrarAnnounce);
        missingSinceNs = System.nanoTime();
    }

    void look(final long nowNs) {
        final boolean connected = stack.registrarConnected();
        if (connected && (!wasConnected || told)) {
            LOG.info("a registrar answers");
            told = false;
        } else if (!connected && wasConnected) {
            missingSinceNs = nowNs;
        }
        if (!connected && nowNs - missingSinceNs > (told ? REMINDER_NS : PATIENCE_NS)) {
            LOG.warn("no registrar answers at {}; the hunt goes on", where);
            told = true;
            missingSinceNs = nowNs;
        }
        wasConnected = connected;
    }
}
