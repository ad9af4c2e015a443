// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.node;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import org.poolswitch.launch.ConfigException;

/** The secret that all controllers of a pool share, given as any text. */
final class CookieKey {
    private static final int LEAST = 16;

    private CookieKey() {
    }

    static byte[] of(final String secret) throws ConfigException {
        if (secret == null || secret.length() < LEAST) {
            throw new ConfigException("--cookie-key needs " + LEAST + " characters or more, the same at all "
                + "controllers of the pool and known to nobody else; put it into the configuration file");
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
