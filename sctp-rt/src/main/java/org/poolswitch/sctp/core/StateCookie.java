// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.poolswitch.sctp.SctpConfig;

/**
 * The state cookie (RFC 9260 section 5.1.3): everything a listener needs to make the association later, sealed, so that
 * an INIT costs it no memory. The key is replaced from time to time; cookies of the key before are still good.
 *
 * <pre>
 *  made at (8) | our tag (4) | peer's tag (4) | our tie-tag (4) | peer's tie-tag (4) | our TSN (4) | peer's TSN (4) |
 *  peer's window (4) | out streams (2) | in streams (2) | peer's port (2) | UDP port (2) | address length (1) |
 *  address (16) | HMAC-SHA256, first 16 octets
 * </pre>
 */
final class StateCookie {
    /** What a cookie says. */
    record Content(long madeNs, int localTag, int peerTag, int localTieTag, int peerTieTag, int localTsn, int peerTsn,
        int peerWindow, int outStreams, int inStreams, int peerPort, int udpPort, byte[] address) {
    }

    private static final int BODY = 8 + 7 * 4 + 4 * 2 + 1 + 16;
    private static final int SEAL = 16;
    static final int LENGTH = (BODY + SEAL + 3) & ~3;

    private final SctpConfig config;
    private final RandomGenerator random;
    private final Mac mac;
    private SecretKeySpec key;
    private SecretKeySpec keyBefore;
    private long keyMadeNs;
    private boolean hasKey;

    StateCookie(final SctpConfig config, final RandomGenerator random) {
        this.config = config;
        this.random = random;
        try {
            mac = Mac.getInstance("HmacSHA256");
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private void rotate(final long nowNs) {
        if (hasKey && nowNs - keyMadeNs < config.validCookieLifeNs()) {
            return;
        }
        final byte[] secret = new byte[32];
        random.nextBytes(secret);
        keyBefore = hasKey ? key : null;
        key = new SecretKeySpec(secret, "HmacSHA256");
        keyMadeNs = nowNs;
        hasKey = true;
    }

    byte[] seal(final Content c) {
        rotate(c.madeNs());
        final ByteBuffer out = ByteBuffer.allocate(LENGTH);
        final byte[] address = c.address();
        out.putLong(c.madeNs()).putInt(c.localTag()).putInt(c.peerTag()).putInt(c.localTieTag()).putInt(c.peerTieTag())
            .putInt(c.localTsn()).putInt(c.peerTsn()).putInt(c.peerWindow()).putShort((short) c.outStreams())
            .putShort((short) c.inStreams()).putShort((short) c.peerPort()).putShort((short) c.udpPort())
            .put((byte) address.length).put(address).position(BODY);
        out.put(sealOf(key, out.array(), 0), 0, SEAL);
        return out.array();
    }

    private byte[] sealOf(final SecretKeySpec with, final byte[] b, final int at) {
        try {
            mac.init(with);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("a key of our own making does not fit", e);
        }
        mac.update(b, at, BODY);
        return Arrays.copyOf(mac.doFinal(), SEAL);
    }

    /** The content, or null if the seal is broken. Age is the caller's business. */
    Content open(final byte[] b, final int at, final int length) {
        if (length != LENGTH || !hasKey) {
            return null;
        }
        final byte[] seal = Arrays.copyOfRange(b, at + BODY, at + BODY + SEAL);
        if (!MessageDigest.isEqual(seal, sealOf(key, b, at))
            && (keyBefore == null || !MessageDigest.isEqual(seal, sealOf(keyBefore, b, at)))) {
            return null;
        }
        final ByteBuffer in = ByteBuffer.wrap(b, at, length);
        final long made = in.getLong();
        final int[] words = new int[7];
        for (int i = 0; i < words.length; i++) {
            words[i] = in.getInt();
        }
        final int out = in.getShort() & 0xffff;
        final int ins = in.getShort() & 0xffff;
        final int port = in.getShort() & 0xffff;
        final int udp = in.getShort() & 0xffff;
        final byte[] address = new byte[in.get()];
        in.get(address);
        return new Content(made, words[0], words[1], words[2], words[3], words[4], words[5], words[6], out, ins, port,
            udp, address);
    }
}
