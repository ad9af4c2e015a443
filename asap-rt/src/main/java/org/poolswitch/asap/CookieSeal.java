// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The seal on cookies (RFC 5352 section 2.2.12 leaves their content to the application): HMAC-SHA256 with the pool's
 * key, its first 12 octets behind the content. A user keeps cookies and gives them to another element, and must not be
 * able to make one. Not for two threads.
 */
public final class CookieSeal {
    /** Octets that a seal adds. */
    public static final int OCTETS = 12;
    private final Mac mac;

    /** @param key the same at all elements of a pool */
    public CookieSeal(final byte[] key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** The seal of some octets. */
    public byte[] of(final byte[] b, final int offset, final int length) {
        mac.update(b, offset, length);
        return Arrays.copyOf(mac.doFinal(), OCTETS);
    }

    /** Whether the last octets are the seal of those before them; in constant time. */
    public boolean isGood(final byte[] b, final int offset, final int length) {
        final int content = length - OCTETS;
        return content >= 0 && MessageDigest.isEqual(of(b, offset, content),
            Arrays.copyOfRange(b, offset + content, offset + length));
    }
}
