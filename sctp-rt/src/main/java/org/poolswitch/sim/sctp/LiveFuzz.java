// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sim.sctp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.SctpEndpoint;
import org.poolswitch.sctp.SctpSettings;
import org.poolswitch.sctp.wire.ChunkType;

/**
 * Packets that a peer gone mad sends into a live association, in each state of RFC 9260 section 4. An honest third
 * party talks to the same endpoint all the time: it must not notice anything. Whatever happens, nothing is thrown, the
 * books agree, limits hold, and when the mad peer falls silent nothing of it remains.
 */
public final class LiveFuzz {
    /** The state in which the attacked association is when the first packet comes. */
    public enum State {
        CLOSED, COOKIE_WAIT, COOKIE_ECHOED, ESTABLISHED, SHUTDOWN_PENDING, SHUTDOWN_SENT, SHUTDOWN_RECEIVED,
        SHUTDOWN_ACK_SENT
    }

    private static final long MS = 1_000_000L;
    private static final int MOST_SAMPLES = 64;
    /** A handshake takes five. */
    private static final int ROUNDS = 6;

    private final RandomGenerator dice;
    private final PacketMutator mutator;
    private final FuzzEnd target;
    private final FuzzEnd honest;
    private FuzzEnd mad;
    private final List<byte[]> samples = new ArrayList<>();
    private long now = MS;
    private int honestSent;
    private long arrived;
    private boolean silent;
    private final Map<String, Integer> reached = new TreeMap<>();

    /** @param dice decides about everything but the machines' own chance */
    public LiveFuzz(final RandomGenerator dice) {
        this.dice = dice;
        this.mutator = new PacketMutator(dice);
        final SctpConfig config = SctpSettings.apply(SctpConfig.carrier(), "Receive.Buffer=65536,Send.Buffer=65536,"
            + "Message.Max=32768,Receive.Total=262144,Send.Total=262144,Streams.In=10,Streams.Out=10,"
            + "Associations.Max=16,Events.Max=256,Receive.Gap.Max=256");
        final RandomGenerator chance = new SplittableRandom(7);
        target = new FuzzEnd(1, config, chance);
        honest = new FuzzEnd(2, SctpConfig.carrier(), chance);
        mad = new FuzzEnd(3, SctpConfig.carrier(), chance);
        honest.connect(target, now);
        step(0);
        if (honest.ups != 1) {
            throw new IllegalStateException("the honest peer cannot connect");
        }
    }

    /** Packets that the target was given. */
    public long arrived() {
        return arrived;
    }

    /** How often the target was in which state when the packets began, by the names of RFC 9260 section 4. */
    public Map<String, Integer> reached() {
        return reached;
    }

    /**
     * Brings the association there, then sends so many packets.
     *
     * @throws RuntimeException if the target breaks
     */
    public void run(final State state, final int packets) {
        reach(state);
        for (int i = 0; i < packets; i++) {
            if (!samples.isEmpty()) {
                final byte[] packet = mutator.mutate(samples.get(dice.nextInt(samples.size())));
                target.arrive(mad.host, packet, now);
                arrived++;
            }
            final int dies = dice.nextInt(32);
            if (dies < 4) {
                step(dice.nextInt(4) == 0 ? 0 : held(state));
            } else if (dies == 4) {
                target.send(dice.nextInt(4), 1 + dice.nextInt(3000), dice.nextBoolean() ? MS : SctpEndpoint.NO_LIFETIME,
                    now);
            } else if (dies == 5 && state != State.CLOSED
                && target.core.state(target.association).equals("CLOSED")) {
                reach(state);
            }
        }
        finish();
    }

    /** Everything that waits is handed over, but not what would make the mad peer and the target lose the state. */
    private void step(final int held) {
        now += MS;
        final int before = target.messages;
        if (honest.core.send(honest.association, 1, 7, false, new byte[100], 0, 100, now)
            == org.poolswitch.sctp.SendStatus.ACCEPTED) {
            honestSent++;
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (final FuzzEnd end : List.of(target, honest, mad)) {
                end.drive(now);
            }
            carry(held);
        }
        if (honest.ups == 1 && honestSent > 1 && target.messages == before) {
            throw new IllegalStateException("an honest peer's message did not get through at once");
        }
        if (honest.downs > 0) {
            throw new IllegalStateException("an honest peer lost its association");
        }
        target.core.audit();
    }

    private void carry(final int held) {
        while (!honest.out.isEmpty()) {
            target.arrive(honest.host, honest.out.poll().bytes(), now);
        }
        while (!mad.out.isEmpty() && !silent) {
            final byte[] packet = mad.out.poll().bytes();
            mutator.observe(packet);
            if (samples.size() == MOST_SAMPLES) {
                samples.remove(dice.nextInt(MOST_SAMPLES));
            }
            samples.add(packet);
            if (!has(packet, held)) {
                target.arrive(mad.host, packet, now);
            }
        }
        while (!target.out.isEmpty()) {
            final FuzzEnd.Packet packet = target.out.poll();
            mutator.observe(packet.bytes());
            final FuzzEnd to = packet.to().equals(honest.host) ? honest : mad;
            if (packet.to().equals(honest.host) || packet.to().equals(mad.host)) {
                to.arrive(target.host, packet.bytes(), now);
            }
        }
    }

    private static boolean has(final byte[] packet, final int type) {
        return type != 0 && Forge.chunks(packet).stream().anyMatch(chunk -> (chunk[0] & 0xff) == type);
    }

    /** A fresh mad peer, and an association with it in that state. */
    private void reach(final State state) {
        mad.core.close(now);
        step(0);
        mad = new FuzzEnd(3, SctpConfig.carrier(), new SplittableRandom(dice.nextInt()));
        samples.clear();
        if (state == State.CLOSED) {
            // what a stranger sends: a good conversation with somebody else
            mad.connect(target, now);
            step(held(state));
            target.association = 0;
            reached.merge(target.core.state(0), 1, Integer::sum);
            return;
        }
        target.connect(mad, now);
        step(state.ordinal() < State.ESTABLISHED.ordinal() ? held(state) : 0);
        if (state.ordinal() >= State.ESTABLISHED.ordinal()) {
            talk();
        }
        switch (state) {
            case SHUTDOWN_PENDING, SHUTDOWN_SENT -> {
                if (state == State.SHUTDOWN_PENDING) {
                    target.send(1, 5000, SctpEndpoint.NO_LIFETIME, now);
                    step(held(state));
                }
                target.core.shutdown(target.association, now);
                step(held(state));
            }
            case SHUTDOWN_RECEIVED, SHUTDOWN_ACK_SENT -> {
                if (state == State.SHUTDOWN_RECEIVED) {
                    target.send(1, 30_000, SctpEndpoint.NO_LIFETIME, now);
                    target.drive(now);
                    target.out.clear();
                }
                mad.core.shutdown(mad.association, now);
                step(held(state));
            }
            default -> { }
        }
        reached.merge(target.core.state(target.association), 1, Integer::sum);
    }

    /** What the mad peer keeps to itself, so that the state lasts; 0 for nothing. */
    private static int held(final State state) {
        return switch (state) {
            case CLOSED -> ChunkType.COOKIE_ECHO;
            case COOKIE_WAIT -> ChunkType.INIT_ACK;
            case COOKIE_ECHOED -> ChunkType.COOKIE_ACK;
            case ESTABLISHED -> ChunkType.ABORT;
            case SHUTDOWN_PENDING, SHUTDOWN_RECEIVED -> ChunkType.SACK;
            case SHUTDOWN_SENT -> ChunkType.SHUTDOWN_ACK;
            case SHUTDOWN_ACK_SENT -> ChunkType.SHUTDOWN_COMPLETE;
        };
    }

    private void talk() {
        for (int i = 0; i < 4; i++) {
            mad.send(i, 1 + 700 * i, SctpEndpoint.NO_LIFETIME, now);
            target.send(i, 200, SctpEndpoint.NO_LIFETIME, now);
            step(0);
        }
        mad.core.resetStreams(mad.association, new int[] {1}, now);
        mad.send(2, 3000, 2 * MS, now);
        // until the last delayed SACK has come
        for (int i = 0; i < 12; i++) {
            step(0);
        }
    }

    /** Silence: what is left of the mad peer ends by itself. */
    private void finish() {
        silent = true;
        for (int i = 0; i < 4000 && target.core.associations() > 1; i++) {
            step(0);
        }
        if (target.core.associations() != 1) {
            throw new IllegalStateException(target.core.associations() - 1 + " associations outlive a silent peer, in "
                + target.core.state(target.association));
        }
        honest.core.abort(honest.association, now);
        honest.drive(now);
        carry(0);
        target.drive(now);
        target.core.audit();
        if (target.core.associations() != 0) {
            throw new IllegalStateException("associations outlive their ABORT");
        }
    }
}
