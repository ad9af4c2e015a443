// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The demonstration protocol of RSPLIB's {@code rspserver -pingpong} and {@code pingpongclient}, so that each side can
 * speak with ours. The reply number says how many pings a session has had answered, whoever answered them: the cookie
 * carries it to the next element.
 *
 * <pre>
 *  type (1: 1 ping, 2 pong) | flags (1) | length (2) | message number (8) | [pong: reply number (8)] | free text
 *  cookie: the 8 octets "&lt;PP-TD1&gt;" | next reply number (8)
 * </pre>
 */
final class PingPong {
    /** Payload protocol identifier. */
    static final int PPID = 33;
    static final int PING = 1;
    static final int PONG = 2;
    static final int PING_HEADER = 12;
    static final int PONG_HEADER = 20;
    static final int COOKIE_OCTETS = 16;
    private static final byte[] COOKIE_ID = "<PP-TD1>".getBytes(StandardCharsets.US_ASCII);

    private PingPong() {
    }

    /** True if the octets are a whole message of that type. */
    static boolean is(final int type, final ByteBuffer message) {
        final int header = type == PING ? PING_HEADER : PONG_HEADER;
        return message.remaining() >= header && message.get(0) == type
            && (message.getShort(2) & 0xffff) >= header && (message.getShort(2) & 0xffff) <= message.remaining();
    }

    static long messageNumber(final ByteBuffer message) {
        return message.getLong(4);
    }

    static long replyNumber(final ByteBuffer pong) {
        return pong.getLong(PING_HEADER);
    }

    static byte[] ping(final long number) {
        final byte[] text = ("ping " + number).getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(PING_HEADER + text.length).put((byte) PING).put((byte) 0)
            .putShort((short) (PING_HEADER + text.length)).putLong(number).put(text).array();
    }

    /** The answer to a ping, with the ping's text. */
    static byte[] pong(final ByteBuffer ping, final long replyNumber) {
        final int text = (ping.getShort(2) & 0xffff) - PING_HEADER;
        return ByteBuffer.allocate(PONG_HEADER + text).put((byte) PONG).put((byte) 0)
            .putShort((short) (PONG_HEADER + text)).putLong(messageNumber(ping)).putLong(replyNumber)
            .put(ping.slice(PING_HEADER, text)).array();
    }

    static byte[] cookie(final long nextReply) {
        return ByteBuffer.allocate(COOKIE_OCTETS).put(COOKIE_ID).putLong(nextReply).array();
    }

    /** The reply number that a cookie carries, or -1 if it is none of ours. */
    static long nextReply(final ByteBuffer cookie) {
        if (cookie.remaining() != COOKIE_OCTETS || !cookie.slice(0, COOKIE_ID.length).equals(
            ByteBuffer.wrap(COOKIE_ID))) {
            return -1;
        }
        return cookie.getLong(COOKIE_ID.length);
    }
}
