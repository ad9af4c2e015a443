// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * What this process logs and where: standard output, written by a thread of its own. A reader that is slow, or a
 * terminal that somebody has stopped, must not hold up calls: beyond what waits (logback.xml) lines are dropped.
 */
public final class LogOutput {
    private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");

    private LogOutput() {
    }

    /** Checks the value of {@code --log-level}. @throws ConfigException with a sentence */
    public static void check(final String level) throws ConfigException {
        if (!LEVELS.contains(level)) {
            throw new ConfigException("--log-level is error, warn, info, debug or trace, not '" + level + "'");
        }
    }

    /** Logs from this level on. */
    public static void level(final String level) {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.toLevel(level));
    }

    /** Writes what still waits, for a second at most; nothing is logged any more. For the way out. */
    public static void flush() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }
}
