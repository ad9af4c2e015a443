// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.poolswitch.runtime.Machine;
import org.poolswitch.runtime.NodeMachine;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.PathStatus;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpListener;
import org.poolswitch.sctp.SendStatus;
import org.poolswitch.sctp.UndeliveredMessage;

/**
 * A user who does everything the interface allows, at random: messages of all kinds and sizes, also before an
 * association is up, resets, ends, other primary paths. Associations that are gone are opened again.
 */
final class Talker implements NodeMachine, SctpListener {
    private static final int EARLY_STREAMS = 6;

    /** One end of an association as its user sees it. */
    private static final class End {
        private final Ledger.Conversation conversation;
        private final SctpAddress dialled;
        private int streams = EARLY_STREAMS;
        private boolean up;
        /** Refused messages and accepted resets that no event has followed; a deaf user may have several of each. */
        private int refused;
        private int resetting;
        private boolean suspect;
        private boolean closing;

        End(final Ledger.Conversation conversation, final SctpAddress dialled) {
            this.conversation = conversation;
            this.dialled = dialled;
        }
    }

    private final String name;
    private final SctpEndpoint endpoint;
    private final RandomGenerator random;
    private final List<SctpAddress> peers;
    private final Habits habits;
    private final Ledger ledger;
    private final Map<Integer, End> ends = new LinkedHashMap<>();
    private final Map<SctpAddress, Long> redial = new LinkedHashMap<>();
    private long nextNs;
    private boolean quiet;
    private boolean leaving;

    Talker(final String name, final SctpEndpoint endpoint, final RandomGenerator random,
        final List<SctpAddress> peers, final Habits habits, final Ledger ledger) {
        this.name = name;
        this.endpoint = endpoint;
        this.random = random;
        this.peers = peers;
        this.habits = habits;
        this.ledger = ledger;
    }

    @Override
    public void onStart(final long nowNs) {
        nextNs = nowNs + random.nextLong(habits.periodNs());
        peers.forEach(peer -> redial.put(peer, nowNs));
    }

    // ---- what the world asks -------------------------------------------------------------------------------------

    /** True if every peer is reached, and everything that is up moved data that was sent since then. */
    boolean isWellSince(final long sinceNs) {
        return redial.isEmpty() && ends.values().stream().allMatch(end -> end.up && !end.closing
            && end.conversation.newestDeliveredNs() >= sinceNs);
    }

    String state() {
        final StringBuilder text = new StringBuilder(name);
        ends.forEach((id, end) -> text.append(", ").append(id).append(end.up ? " up" : " opening")
            .append(end.refused > 0 ? " full" : "").append(end.resetting > 0 ? " resetting" : "")
            .append(end.suspect ? " suspect" : "").append(end.closing ? " closing" : "").append(", newest delivered ")
            .append(end.conversation.newestDeliveredNs() / 1000).append(" us"));
        return text.append(redial.isEmpty() ? "" : ", redials " + redial.size()).toString();
    }

    boolean isIdle() {
        return ends.isEmpty();
    }

    /** Its process dies. */
    void die() {
        ends.values().forEach(end -> ledger.forget(end.conversation));
        ends.clear();
    }

    /** From now on nothing dangerous is done, only messages are sent. */
    void beQuiet() {
        quiet = true;
    }

    /** From now on associations are ended and not opened again. */
    void leave() {
        leaving = true;
        redial.clear();
    }

    // ---- what it does by itself ----------------------------------------------------------------------------------

    @Override
    public long nextDeadlineNs() {
        return leaving && ends.isEmpty() ? Machine.NO_DEADLINE : nextNs;
    }

    @Override
    public void onDeadline(final long nowNs) {
        if (nowNs < nextNs) {
            return;
        }
        nextNs = nowNs + random.nextLong(habits.periodNs() / 2, habits.periodNs() + habits.periodNs() / 2);
        for (final SctpAddress peer : List.copyOf(redial.keySet())) {
            if (redial.get(peer) <= nowNs) {
                dial(peer, nowNs);
            }
        }
        for (final int id : List.copyOf(ends.keySet())) {
            if (leaving) {
                endpoint.shutdown(id, nowNs);
            } else if (ends.containsKey(id)) {
                act(id, ends.get(id), nowNs);
            }
        }
    }

    private void dial(final SctpAddress peer, final long nowNs) {
        final int id = endpoint.connect(peer, nowNs);
        if (id > 0) {
            redial.remove(peer);
            ends.put(id, new End(ledger.begin(name + "/" + id), peer));
        } else if (id == SctpEndpoint.CONNECT_IN_USE) {
            // there is one already, and who opened it opens it again
            redial.remove(peer);
        } else {
            redial.put(peer, nowNs + habits.redialNs());
        }
    }

    private void act(final int id, final End end, final long nowNs) {
        final int dice = random.nextInt(1000);
        if (!end.up || quiet || dice < habits.messages()) {
            final int count = random.nextInt(100) < habits.burstPercent() ? 1 + random.nextInt(habits.burst()) : 1;
            for (int i = 0; i < count && send(id, end, nowNs); i++) {
                continue;
            }
        } else {
            meddle(id, end, nowNs);
        }
    }

    private void meddle(final int id, final End end, final long nowNs) {
        switch (random.nextInt(10)) {
            case 0 -> {
                endpoint.shutdown(id, nowNs);
                end.closing = true;
            }
            case 1 -> endpoint.abort(id, nowNs);
            case 2, 3 -> {
                final List<PathStatus> paths = endpoint.paths(id);
                if (!paths.isEmpty()) {
                    endpoint.setPrimary(id, paths.get(random.nextInt(paths.size())).remote(), nowNs);
                }
            }
            case 4 -> endpoint.probe(id, nowNs);
            default -> reset(id, end, nowNs);
        }
    }

    private void reset(final int id, final End end, final long nowNs) {
        final int[] streams = new int[random.nextInt(4)];
        for (int i = 0; i < streams.length; i++) {
            streams[i] = random.nextInt(end.streams);
        }
        final SendStatus status = endpoint.resetStreams(id, streams, nowNs);
        if (status == SendStatus.FULL && end.resetting == 0 || status == SendStatus.INVALID) {
            throw new IllegalStateException("a stream reset was refused with " + status);
        }
        end.resetting += status == SendStatus.ACCEPTED ? 1 : 0;
    }

    private boolean send(final int id, final End end, final long nowNs) {
        final long number = ledger.nextNumber();
        final byte[] message = Noise.message(number, habits.length(random));
        final int stream = random.nextInt(end.streams);
        final int ppid = random.nextInt();
        final boolean unordered = random.nextInt(100) < habits.unorderedPercent();
        final boolean perishable = random.nextInt(100) < habits.perishablePercent();
        final SendStatus status = endpoint.send(id, stream, ppid, unordered,
            perishable ? 1 + random.nextLong(habits.lifetimeNs()) : SctpEndpoint.NO_LIFETIME, message, 0,
            message.length, nowNs);
        switch (status) {
            case ACCEPTED -> ledger.accepted(number, end.conversation, stream, ppid, unordered, perishable,
                message.length, nowNs);
            case FULL -> end.refused++;
            default -> {
                // until it is up, the user does not know how many streams there are
                if (status == SendStatus.INVALID && end.up) {
                    throw new IllegalStateException("a good message was refused");
                }
            }
        }
        return status == SendStatus.ACCEPTED;
    }

    // ---- what the transport says ---------------------------------------------------------------------------------

    private End end(final int association) {
        final End end = ends.get(association);
        if (end == null) {
            throw new IllegalStateException("an event of association " + association + ", which does not exist");
        }
        return end;
    }

    @Override
    public void onAssociationUp(final int association, final SctpAddress remote, final boolean incoming,
        final int outStreams, final int inStreams, final long nowNs) {
        if (incoming && ends.put(association, new End(ledger.begin(name + "/" + association), null)) != null) {
            throw new IllegalStateException("association " + association + " came twice");
        }
        final End end = end(association);
        if (end.up) {
            throw new IllegalStateException("association " + association + " is up twice");
        }
        end.up = true;
        end.streams = outStreams;
    }

    @Override
    public void onMessage(final int association, final int stream, final int ppid, final boolean unordered,
        final byte[] buffer, final int offset, final int length, final long nowNs) {
        ledger.received(end(association).conversation, stream, ppid, unordered, buffer, offset, length);
    }

    @Override
    public void onMessageAbandoned(final int association, final UndeliveredMessage message, final long nowNs) {
        final End end = end(association);
        ledger.abandoned(end.conversation, message, !end.up);
    }

    @Override
    public void onAssociationSuspect(final int association, final boolean suspect, final long nowNs) {
        final End end = end(association);
        if (end.suspect == suspect) {
            throw new IllegalStateException("suspect " + suspect + " twice");
        }
        end.suspect = suspect;
    }

    @Override
    public void onStreamsReset(final int association, final boolean incoming, final int[] streams, final long nowNs) {
        if (!incoming) {
            resetIsOver(association);
            ledger.streamsReset();
        }
    }

    @Override
    public void onStreamResetFailed(final int association, final long nowNs) {
        resetIsOver(association);
    }

    private void resetIsOver(final int association) {
        if (--end(association).resetting < 0) {
            throw new IllegalStateException("a stream reset that nobody asked for");
        }
    }

    @Override
    public void onSendable(final int association, final long nowNs) {
        if (end(association).refused == 0) {
            throw new IllegalStateException("sendable again, but it was not full");
        }
        end(association).refused--;
    }

    @Override
    public void onAssociationDown(final int association, final DownCause cause,
        final List<UndeliveredMessage> undelivered, final long nowNs) {
        final End end = end(association);
        ledger.over(end.conversation, new ArrayList<>(undelivered));
        ends.remove(association);
        if (cause == DownCause.SHUTDOWN && !undelivered.isEmpty()) {
            throw new IllegalStateException("a graceful end with " + undelivered.size() + " messages left");
        }
        if (cause == DownCause.PEER_RESTARTED) {
            ledger.restarted();
        }
        if (cause == DownCause.PROTOCOL_VIOLATION) {
            throw new IllegalStateException("a peer like us broke the protocol");
        }
        if (end.dialled != null && !leaving) {
            redial.put(end.dialled, nowNs + habits.redialNs());
        }
    }

    @Override
    public SctpListener sctpListener() {
        return this;
    }

    @Override
    public void beginDrain(final long nowNs) {
        leave();
    }

    @Override
    public boolean isDrained() {
        return isIdle();
    }
}
