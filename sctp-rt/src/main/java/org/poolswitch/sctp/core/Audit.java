// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.poolswitch.runtime.Machine;

/** Counts again what an endpoint keeps count of: a difference is a leak, or will be one. */
final class Audit {
    private final Shared shared;
    private final Set<Association> refused;
    private long sendOctets;
    private long receiveOctets;
    private int messages;
    private int chunks;

    /** @param refused associations whose users are to hear of room, see {@link MessageIntake} */
    Audit(final Shared shared, final Set<Association> refused) {
        this.shared = shared;
        this.refused = refused;
    }

    void check() {
        int paths = 0;
        for (final Association a : shared.table().all()) {
            paths += a.paths().all().length;
            if (!a.isClosed()) {
                checkSending(a);
                checkReceiving(a);
                checkTimers(a);
            }
        }
        for (final Association a : refused) {
            // one that is over is forgotten in the next flush
            if (!a.dirty && shared.table().byId(a.id()) != a) {
                throw new IllegalStateException("association " + a.id() + " is over, and its user is to hear of room");
            }
        }
        same("octets to send, all together", shared.totals().sendOctets, sendOctets);
        same("octets received, all together", shared.totals().receiveOctets,
            receiveOctets + shared.events().messageOctets());
        same("messages of the pool", shared.pool().messagesOut(), messages);
        same("messages to send, all together", shared.totals().sendMessages, messages);
        same("chunks of the pool", shared.pool().chunksOut(), chunks);
        same("paths", shared.remotePorts().paths(), paths);
        atMost("associations", shared.table().size(), shared.config().maxAssociations());
        // what closes a gap may release what waited behind it
        atMost("messages that wait for the user", shared.events().messages(),
            shared.config().maxQueuedEvents() + shared.config().maxReceiveGap());
    }

    private void checkSending(final Association a) {
        final InFlight inFlight = a.outbound().inFlight();
        final Map<OutMessage, Integer> held = new IdentityHashMap<>();
        final Map<OutMessage, Integer> unacked = new IdentityHashMap<>();
        long buffered = 0;
        long flight = 0;
        int marks = 0;
        for (int i = 0; i < inFlight.size(); i++) {
            final OutChunk c = inFlight.at(inFlight.firstTsn() + i);
            chunks++;
            held.merge(c.message, 1, Integer::sum);
            unacked.merge(c.message, c.acked ? 0 : 1, Integer::sum);
            buffered += c.acked || c.abandoned ? 0 : c.length;
            flight += c.isOutstanding() ? c.length : 0;
            marks += c.toRetransmit ? 1 : 0;
        }
        for (OutMessage m = a.outbound().queue().head(); m != null; m = m.next) {
            messages++;
            if (m.isDone()) {
                throw new IllegalStateException("association " + a.id() + " keeps a message that is done");
            }
            buffered += m.abandoned ? 0 : m.length - m.taken;
            same("fragments held", m.fragmentsHeld, held.getOrDefault(m, 0));
            if (!m.abandoned) {
                same("fragments unacknowledged", m.fragmentsUnacked, unacked.getOrDefault(m, 0));
            }
        }
        long onPaths = 0;
        for (final Path path : a.paths().all()) {
            onPaths += path.congestion.flightOctets();
            atLeast("octets under way on a path", path.congestion.flightOctets(), 0);
        }
        same("octets under way", a.outbound().flightOctets(), flight);
        same("octets under way on all paths", onPaths, flight);
        same("chunks to send again", inFlight.marks(), marks);
        same("octets to send", a.outbound().queue().bufferedOctets(), buffered);
        // what gap blocks acknowledge makes room for more, and may be taken back (section 6.2.1)
        atMost("octets to send", buffered, shared.config().sendBufferOctets()
            + (long) shared.config().maxReceiveGap() * shared.config().pathMtu());
        // one more for the end of a message that was given up
        atMost("chunks under way", inFlight.size(), shared.config().maxReceiveGap() + 1);
        sendOctets += buffered;
    }

    private void checkReceiving(final Association a) {
        if (a.inbound() == null) {
            return;
        }
        final Inbound in = a.inbound();
        same("octets received that wait", in.waitingOctets(), in.reassembly().recount());
        atLeast("octets that the user has not taken", in.inEvents(), 0);
        atMost("octets received", in.buffered(), in.mostBuffered());
        atMost("TSNs beyond the cumulative one", in.tsns().highest() - in.tsns().cumulative(),
            shared.config().maxReceiveGap());
        receiveOctets += in.waitingOctets();
    }

    private void checkTimers(final Association a) {
        final long next = Timers.nextDeadlineNs(a);
        if (next != Machine.NO_DEADLINE && !a.dirty && shared.agenda().plannedNs(a) > next) {
            throw new IllegalStateException("association " + a.id() + " misses its deadline");
        }
        if (!a.dirty && a.state().carriesData() && a.outbound().hasInFlight()
            && Arrays.stream(a.paths().all()).allMatch(path -> path.t3Ns == Machine.NO_DEADLINE)) {
            throw new IllegalStateException("association " + a.id() + " waits for a SACK and no T3-rtx runs");
        }
    }

    private static void same(final String what, final long book, final long real) {
        if (book != real) {
            throw new IllegalStateException(what + ": " + book + " in the books, " + real + " in truth");
        }
    }

    private static void atMost(final String what, final long n, final long limit) {
        if (n > limit) {
            throw new IllegalStateException(what + ": " + n + ", the limit is " + limit);
        }
    }

    private static void atLeast(final String what, final long n, final long limit) {
        if (n < limit) {
            throw new IllegalStateException(what + ": " + n + " is less than " + limit);
        }
    }
}
