// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.wire.Bytes;
import org.poolswitch.sctp.wire.ChunkType;
import org.poolswitch.sctp.wire.ErrorCauses;
import org.poolswitch.sctp.wire.InitChunk;
import org.poolswitch.sctp.wire.InitWriter;

/**
 * The four-way handshake of an association that we open (RFC 9260 section 5.1): INIT, COOKIE ECHO, T1, stale cookies.
 */
final class Setup {
    /**
     * Later INITs go without Supported Address Types. It is optional (section 3.3.2.1.5), and stacks made for WebRTC,
     * which knows no addresses (RFC 8261 section 6.1), drop a packet that has it.
     */
    private static final int TRIES_IN_FULL = 1;
    /** Section 5.2.6: how often a stale cookie is answered by an INIT that asks for a longer life. */
    private static final int MOST_STALE = 3;

    private final Association association;
    private final Shared shared;
    private Path path;
    private byte[] cookie;
    private int tries;
    private int stale;
    private long echoedNs;
    private int incrementMs;
    private long t1Ns = Machine.NO_DEADLINE;

    Setup(final Association association, final Shared shared) {
        this.association = association;
        this.shared = shared;
    }

    long deadlineNs() {
        return t1Ns;
    }

    Path path() {
        return path;
    }

    void start(final long nowNs) {
        path = association.paths().primary();
        association.due().init = true;
        t1Ns = nowNs + path.rtoNs();
    }

    void stop() {
        t1Ns = Machine.NO_DEADLINE;
        cookie = null;
    }

    /** INIT ACK in COOKIE-WAIT (section 5.1 C). */
    void onInitAck(final InitChunk init, final Path from, final long nowNs) {
        if (init.tag() != 0 && init.window() < InitChunk.LEAST_WINDOW) {
            // section 3.3.3: discarded and answered, but it changes no state
            association.due().abort(ErrorCauses.plain(ErrorCauses.INVALID_MANDATORY_PARAMETER), init.tag(), false);
            return;
        }
        final byte[] refusal = refusal(init);
        if (refusal != null) {
            // section 3.3.3: without a tag of the peer's the ABORT reflects ours
            association.termination().abort(DownCause.CONNECT_FAILED, refusal,
                init.tag() == 0 ? association.localTag() : init.tag(), init.tag() == 0);
            return;
        }
        final byte[] unrecognized = ErrorCauses.unrecognizedParameters(init.unrecognized());
        if (unrecognized != null) {
            association.due().report(unrecognized);
        }
        if (from.isConfirmed()) {
            path = from;
        }
        // section 5.4: else the COOKIE ECHO and what rides with it go where the INIT went
        association.establishment().onInitAck(init, from, path);
        cookie = init.cookie();
        association.enter(AssociationState.COOKIE_ECHOED);
        association.due().cookieEcho = true;
        tries = 0;
        t1Ns = nowNs + path.rtoNs();
    }

    private static byte[] refusal(final InitChunk init) {
        if (init.hostName() != null) {
            // section 3.3.2.1.4
            return ErrorCauses.quoting(ErrorCauses.UNRESOLVABLE_ADDRESS, init.hostName(), 0, init.hostName().length);
        }
        if (init.tag() == 0 || !init.isAcceptable()) {
            return ErrorCauses.plain(ErrorCauses.INVALID_MANDATORY_PARAMETER);
        }
        if (init.cookie() == null) {
            return ErrorCauses.missingParameter(org.poolswitch.sctp.wire.ParameterType.STATE_COOKIE);
        }
        return null;
    }

    /** Section 3.3.10: of all causes only the stale cookie asks for something to be done. */
    void onError(final byte[] b, final int at, final int length, final long nowNs) {
        if (association.state() == AssociationState.COOKIE_ECHOED && length >= 12
            && ErrorCauses.firstCode(b, at, length) == ErrorCauses.STALE_COOKIE) {
            onStaleCookie(nowNs);
        }
    }

    /** Section 5.2.6: a new INIT, with the wish for a longer life of the cookie. */
    private void onStaleCookie(final long nowNs) {
        if (++stale > MOST_STALE) {
            association.termination().down(DownCause.CONNECT_FAILED);
            return;
        }
        // no more than a second beyond the round trip just seen
        incrementMs = 1000 + (int) Math.min(60_000, (nowNs - echoedNs) / 1_000_000);
        association.outbound().markAll(null, false);
        association.enter(AssociationState.COOKIE_WAIT);
        association.due().cookieEcho = false;
        association.due().init = true;
        cookie = null;
        t1Ns = nowNs + path.rtoNs();
    }

    void onDeadline(final long nowNs) {
        if (t1Ns > nowNs) {
            return;
        }
        if (tries >= shared.config().maxInitRetransmits()) {
            t1Ns = association.paths().silence().putOffEndNs(nowNs, nowNs);
            if (t1Ns == Machine.NO_DEADLINE && association.state() == AssociationState.COOKIE_ECHOED) {
                // perhaps the cookie has arrived, and only the COOKIE ACKs are lost: the peer is told (section 9.1)
                association.termination().abort(DownCause.CONNECT_FAILED, new byte[0]);
            } else if (t1Ns == Machine.NO_DEADLINE) {
                association.termination().down(DownCause.CONNECT_FAILED);
            }
            return;
        }
        tries++;
        path.roundTrip.backOff();
        tryNextAddress();
        t1Ns = nowNs + path.rtoNs();
    }

    /** Nobody answers there: the next of the peer's addresses has its turn. */
    void tryNextAddress() {
        final Path[] all = association.paths().all();
        for (int i = 1; i <= all.length; i++) {
            final Path next = all[(path.index + i) % all.length];
            if (next.isConfirmed()) {
                path = next;
                break;
            }
        }
        final boolean echoed = association.state() == AssociationState.COOKIE_ECHOED;
        association.due().init = !echoed;
        association.due().cookieEcho = echoed;
        if (echoed) {
            // what went beside the lost COOKIE ECHO goes beside the next one
            association.outbound().markAll(null, false);
        }
    }

    void onClockJump(final long nowNs) {
        if (t1Ns != Machine.NO_DEADLINE) {
            t1Ns = nowNs + path.rtoNs();
        }
    }

    void writeInit(final PacketWriter packets, final long nowNs) {
        final InitWriter init = new InitWriter(association.localTag(), shared.config().receiveBufferOctets(),
            shared.config().outStreams(), shared.config().maxInStreams(), association.outbound().initialTsn())
            .addresses(shared.addresses().listedFor(path.host));
        if (tries <= TRIES_IN_FULL) {
            init.addressTypes(shared.addresses().all());
        }
        if (incrementMs > 0) {
            init.cookiePreservative(incrementMs);
        }
        final byte[] value = init.value();
        packets.open(path, 4 + Bytes.padded(value.length), 0, nowNs);
        packets.chunk(ChunkType.INIT, 0, value, 0, value.length);
        // section 6.10: INIT is never bundled
        packets.end(nowNs);
    }

    void writeCookieEcho(final PacketWriter packets, final DataWriter data, final long nowNs) {
        packets.open(path, 4 + Bytes.padded(cookie.length), nowNs);
        packets.chunk(ChunkType.COOKIE_ECHO, 0, cookie, 0, cookie.length);
        if (association.due().errorFits(packets.room())) {
            association.due().writeError(packets, path, nowNs);
        }
        // section 5.1 C: what does not fit waits for the COOKIE ACK, for to a peer that lost this it is out of the blue
        data.fill(association.outbound(), path, nowNs);
        packets.end(nowNs);
        echoedNs = nowNs;
        // until the COOKIE ACK, T1 alone repeats (section 5.1 C)
        path.stopTimers();
    }
}
