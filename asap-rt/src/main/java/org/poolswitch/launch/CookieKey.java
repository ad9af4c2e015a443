// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** The secret that all elements of a pool share, given as any text. */
public final class CookieKey {
    private static final int LEAST = 16;

    private CookieKey() {
    }

    /** The key that a secret stands for. @throws ConfigException with a sentence if it is too short */
    public static byte[] of(final String secret) throws ConfigException {
        if (secret == null || secret.length() < LEAST) {
            throw new ConfigException("--cookie-key needs " + LEAST + " characters or more, the same at all "
                + "elements of the pool and known to nobody else; put it into the configuration file");
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
