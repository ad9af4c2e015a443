// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.poolswitch.sctp.SctpConfig;

/**
 * The state cookie (RFC 9260 section 5.1.3): everything a listener needs to make the association later, sealed, so that
 * an INIT costs it no memory. The key is replaced every two Valid.Cookie.Life; cookies of the key before are still
 * good.
 *
 * <pre>
 *  made at (8) | good for (8) | our tag (4) | peer's tag (4) | our tie-tag (4) | peer's tie-tag (4) | our TSN (4) |
 *  peer's TSN (4) | peer's window (4) | out streams (2) | in streams (2) | peer's port (2) | our port (2) |
 *  UDP port (2) | flags (1) | number of addresses (1) | our address | peer's addresses, the INIT's source first |
 *  HMAC-SHA256, first 16 octets
 *
 *  flags: 1 = peer knows FORWARD TSN, 2 = peer knows RE-CONFIG;  address: length (1) | octets (4 or 16)
 * </pre>
 */
final class StateCookie {
    /** What a cookie says. */
    record Content(long madeNs, long lifeNs, int localTag, int peerTag, int localTieTag, int peerTieTag, int localTsn,
        int peerTsn, long peerWindow, int outStreams, int inStreams, int peerPort, int localPort, int udpPort,
        boolean forwardTsn, boolean reconfiguration, InetAddress local, List<InetAddress> peers) {
    }

    private static final int FIXED = 8 + 8 + 7 * 4 + 5 * 2 + 2;
    private static final int SEAL = 16;
    /** Octets of an address with its length, at most. */
    private static final int MOST_PER_ADDRESS = 1 + 16;

    private final SctpConfig config;
    private final RandomGenerator random;
    private final Mac mac;
    private SecretKeySpec key;
    private SecretKeySpec keyBefore;
    private long keyMadeNs;

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
        // a cookie lives for two lives at most (with a preservative), and then the key before must still be there
        if (key != null && nowNs - keyMadeNs < 2 * config.validCookieLifeNs()) {
            return;
        }
        final byte[] secret = new byte[32];
        random.nextBytes(secret);
        keyBefore = key;
        key = new SecretKeySpec(secret, "HmacSHA256");
        keyMadeNs = nowNs;
    }

    byte[] seal(final Content c) {
        rotate(c.madeNs());
        int octets = FIXED + 1 + c.local().getAddress().length;
        for (final InetAddress peer : c.peers()) {
            octets += 1 + peer.getAddress().length;
        }
        final ByteBuffer out = ByteBuffer.allocate(octets + SEAL);
        out.putLong(c.madeNs()).putLong(c.lifeNs()).putInt(c.localTag()).putInt(c.peerTag()).putInt(c.localTieTag())
            .putInt(c.peerTieTag()).putInt(c.localTsn()).putInt(c.peerTsn()).putInt((int) c.peerWindow())
            .putShort((short) c.outStreams()).putShort((short) c.inStreams()).putShort((short) c.peerPort())
            .putShort((short) c.localPort()).putShort((short) c.udpPort())
            .put((byte) ((c.forwardTsn() ? 1 : 0) | (c.reconfiguration() ? 2 : 0))).put((byte) c.peers().size());
        put(out, c.local());
        c.peers().forEach(peer -> put(out, peer));
        out.put(sealOf(key, out.array(), 0, octets), 0, SEAL);
        return out.array();
    }

    private static void put(final ByteBuffer out, final InetAddress address) {
        final byte[] raw = address.getAddress();
        out.put((byte) raw.length).put(raw);
    }

    private byte[] sealOf(final SecretKeySpec with, final byte[] b, final int at, final int length) {
        try {
            mac.init(with);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("a key of our own making does not fit", e);
        }
        mac.update(b, at, length);
        return Arrays.copyOf(mac.doFinal(), SEAL);
    }

    /** The content, or null if the seal is broken. Age is the caller's business. */
    Content open(final byte[] b, final int at, final int length) {
        final int body = length - SEAL;
        if (body < FIXED || body > FIXED + (1 + config.maxPeerAddresses()) * MOST_PER_ADDRESS || key == null) {
            // not ours: a HMAC over 65,000 octets costs 60 µs
            return null;
        }
        final byte[] seal = Arrays.copyOfRange(b, at + body, at + length);
        if (!MessageDigest.isEqual(seal, sealOf(key, b, at, body))
            && (keyBefore == null || !MessageDigest.isEqual(seal, sealOf(keyBefore, b, at, body)))) {
            return null;
        }
        return read(ByteBuffer.wrap(b, at, body));
    }

    private static Content read(final ByteBuffer in) {
        final long made = in.getLong();
        final long life = in.getLong();
        final int[] words = new int[7];
        for (int i = 0; i < words.length; i++) {
            words[i] = in.getInt();
        }
        final int[] shorts = new int[5];
        for (int i = 0; i < shorts.length; i++) {
            shorts[i] = in.getShort() & 0xffff;
        }
        final int flags = in.get();
        final int count = in.get();
        final InetAddress local = address(in);
        final List<InetAddress> peers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            peers.add(address(in));
        }
        return new Content(made, life, words[0], words[1], words[2], words[3], words[4], words[5],
            words[6] & 0xffff_ffffL, shorts[0], shorts[1], shorts[2], shorts[3], shorts[4], (flags & 1) != 0,
            (flags & 2) != 0, local, peers);
    }

    private static InetAddress address(final ByteBuffer in) {
        final byte[] raw = new byte[in.get()];
        in.get(raw);
        try {
            return InetAddress.getByAddress(raw);
        } catch (final UnknownHostException e) {
            throw new IllegalStateException("what we sealed ourselves is an address", e);
        }
    }
}
