// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.poolswitch.asap.core.Rig.MS;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.PoolSessionListener;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SendStatus;

/**
 * Random commands and faults from a seed. Whatever happens: a session's messages go out in order, each is sent or its
 * session is told that it failed, none is sent twice on one association, what was released is never sent again, what
 * is retained reaches every new element, and nobody but the element in charge is heard.
 */
class RandomCommandsTest implements PoolSessionListener {
    private static final int ELEMENTS = 4;
    private static final DownCause[] DEATHS = {DownCause.PEER_UNREACHABLE, DownCause.PEER_ABORTED,
        DownCause.PEER_SILENT, DownCause.SHUTDOWN, DownCause.PROTOCOL_VIOLATION};

    /** What the test remembers of one session. */
    private static final class Model {
        final int number;
        PoolSession session;
        int next;
        boolean over;
        final List<Integer> retained = new ArrayList<>();
        final Set<Integer> released = new HashSet<>();
        final Set<Integer> accepted = new HashSet<>();
        final Set<Integer> everSent = new HashSet<>();
        final List<Integer> onThisAssociation = new ArrayList<>();
        final Set<Integer> retainedOnArrival = new HashSet<>();
        int association;
        int stream;
        boolean freshSeen;

        Model(final int number) {
            this.number = number;
        }
    }

    private final Map<PoolSession, Model> models = new HashMap<>();
    private final List<Model> open = new ArrayList<>();
    private Rig rig;
    private Random dice;
    private int opened;

    /** 25 of them; {@code -Dasap.seeds=1000} for a long evening. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("asap.seeds", 25));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void invariantsHold(final long seed) {
        dice = new Random(seed);
        final AsapConfig config = AsapConfig.carrier(List.of(Rig.REGISTRAR, Rig.REGISTRAR2), null, 9899);
        rig = new Rig(config.withBounds(config.bounds().withQueue(40, 400).withRetained(4, 60).withSessions(20, 12)
            .withPreconnect(dice.nextInt(3) * 2)));
        rig.elements(1, 2, 3, 4).start();
        for (int step = 0; step < 3000; step++) {
            act();
            look();
        }
        heal();
    }

    private void act() {
        final int what = dice.nextInt(100);
        if (what < 8) {
            openOne();
        } else if (what < 40 && !open.isEmpty()) {
            send(any());
        } else if (what < 55 && !open.isEmpty()) {
            reply(any());
        } else if (what < 60 && !open.isEmpty()) {
            release(any());
        } else if (what < 63 && !open.isEmpty()) {
            final Model m = any();
            m.session.close(rig.now);
            over(m);
        } else if (what < 65 && !open.isEmpty()) {
            any().session.failover(rig.now);
        } else if (what < 67 && !open.isEmpty()) {
            any().session.clearCookie();
        } else if (what < 78) {
            fault(1 + dice.nextInt(ELEMENTS));
        } else {
            pass(1 + dice.nextInt(dice.nextInt(20) == 0 ? 3000 : 30));
        }
    }

    private Model any() {
        return open.get(dice.nextInt(open.size()));
    }

    private void openOne() {
        final PoolSession s = rig.stack.user().open(Rig.GWC, dice.nextInt(4) == 0 ? 1 : 0, this, null, rig.now);
        assertThat(s == null).isEqualTo(open.size() == 20);
        if (s != null) {
            final Model m = new Model(opened++);
            m.session = s;
            models.put(s, m);
            open.add(m);
        }
    }

    private void send(final Model m) {
        final int flags = dice.nextInt(4);
        final String text = m.number + "." + m.next;
        final SendStatus status = rig.send(m.session, text, flags);
        assertThat(status).isIn(SendStatus.ACCEPTED, SendStatus.FULL);
        if (status == SendStatus.ACCEPTED) {
            m.accepted.add(m.next);
            if ((flags & PoolSession.RETAIN) != 0) {
                m.retained.add(m.next);
            }
        }
        m.next++;
        assertThat(m.session.retained()).isEqualTo(m.retained.size()).isLessThanOrEqualTo(4);
    }

    private void reply(final Model m) {
        final FakeEndpoint.Association a = rig.net.associations.get(m.association);
        if (a != null && !a.gone && a.up) {
            final byte[] b = ("" + m.number).getBytes(StandardCharsets.US_ASCII);
            final boolean cookie = dice.nextBoolean();
            rig.net.message(a, m.stream, cookie ? 11 : Rig.DATA, cookie ? Rig.cookie("" + m.number) : b, rig.now);
            rig.settle();
        }
    }

    private void release(final Model m) {
        // only what an element may have seen can be proved processed
        if (!m.retained.isEmpty() && m.everSent.contains(m.retained.get(0)) && m.session.element() != 0) {
            m.session.releaseRetained(1);
            m.released.add(m.retained.remove(0));
        }
    }

    private void fault(final int id) {
        final FakeEndpoint.Association a = rig.at(id);
        switch (dice.nextInt(10)) {
            case 0 -> {
                if (a != null) {
                    rig.kill(id, DEATHS[dice.nextInt(DEATHS.length)]);
                }
            }
            case 1 -> rig.alive.remove(id);
            case 2, 3 -> {
                rig.refusing.remove(id);
                rig.alive.add(id);
                rig.listed.add(id);
            }
            case 4 -> rig.listed.remove(id);
            case 5 -> rig.registrarAnswers = dice.nextBoolean();
            case 6 -> {
                rig.registrarUp = dice.nextBoolean();
                final FakeEndpoint.Association r = rig.net.of(Rig.REGISTRAR);
                if (!rig.registrarUp && r != null) {
                    rig.net.down(r, DownCause.PEER_UNREACHABLE);
                }
            }
            case 7 -> {
                if (a != null && a.up) {
                    a.unacknowledged.clear();
                    rig.net.sendable(a, 1 + dice.nextInt(20));
                }
            }
            case 8 -> {
                rig.now += 100 * MS;
                rig.stack.onClockJump(100 * MS, rig.now);
            }
            default -> {
                if (a != null && a.up) {
                    rig.net.suspect(a, dice.nextBoolean());
                }
            }
        }
        rig.settle();
    }

    private void pass(final int ms) {
        for (int i = 0; i < ms; i++) {
            for (int id = 1; id <= ELEMENTS; id++) {
                final FakeEndpoint.Association a = rig.at(id);
                if (a != null && a.up && rig.alive.contains(id)) {
                    a.lastHeardNs = rig.now;
                    if (dice.nextInt(10) == 0) {
                        a.unacknowledged.clear();
                        rig.net.sendable(a, 1 + dice.nextInt(30));
                    }
                }
            }
            rig.run(MS);
        }
    }

    /** Looks at everything that was sent since the last look. */
    private void look() {
        rig.settle();
        for (final FakeEndpoint.Sent s : rig.net.sent) {
            if (s.ppid() != 11) {
                final String[] parts = s.text().split("\\.");
                for (final Model m : models.values()) {
                    if (m.number == Integer.parseInt(parts[0])) {
                        onSent(m, s, Integer.parseInt(parts[1]));
                    }
                }
            }
        }
        rig.net.sent.clear();
        assertThat(rig.stack.sessions()).isEqualTo(open.size());
        noDeadlineIsMissed();
    }

    /** What all links want first is kept, not looked up: it may be too early, but must not be too late. */
    private void noDeadlineIsMissed() {
        final ElementLinks links = ((AsapPoolUser) rig.stack.user()).links();
        for (final int association : rig.net.associations.keySet()) {
            final ElementLink link = links.of(association);
            if (link != null) {
                assertThat(links.nextDeadlineNs()).isLessThanOrEqualTo(link.nextDeadlineNs());
            }
        }
    }

    private void onSent(final Model m, final FakeEndpoint.Sent s, final int n) {
        if (s.association() != m.association || s.stream() != m.stream) {
            m.association = s.association();
            m.stream = s.stream();
            m.onThisAssociation.clear();
            m.freshSeen = false;
        }
        assertThat(m.accepted).as("%d.%d was accepted", m.number, n).contains(n);
        assertThat(m.released).as("%d.%d sent again though processed", m.number, n).doesNotContain(n);
        assertThat(m.onThisAssociation).as("%d.%d sent twice", m.number, n).doesNotContain(n);
        final boolean again = m.everSent.contains(n);
        if (again) {
            assertThat(m.freshSeen).as("%d.%d sent again behind new traffic", m.number, n).isFalse();
            final boolean retained = m.retained.contains(n);
            for (final int before : m.onThisAssociation) {
                if (m.retained.contains(before) == retained && !m.released.contains(before)) {
                    assertThat(n).as("order of what is sent again").isGreaterThan(before);
                }
            }
        } else {
            m.freshSeen = true;
            for (final int before : m.everSent) {
                assertThat(n).as("order of new traffic").isGreaterThan(before);
            }
        }
        m.everSent.add(n);
        m.onThisAssociation.add(n);
    }

    private void heal() {
        for (int id = 1; id <= ELEMENTS; id++) {
            rig.refusing.remove(id);
            rig.elements(id);
        }
        rig.registrarUp = true;
        rig.registrarAnswers = true;
        for (int i = 0; i < 200; i++) {
            pass(100);
            look();
        }
        for (final Model m : open) {
            assertThat(m.everSent).as("all that was accepted in session %d", m.number).containsAll(m.accepted);
            if (!m.retained.isEmpty()) {
                assertThat(m.session.element()).isNotZero();
                assertThat(m.onThisAssociation).as("retained in session %d", m.number).containsAll(m.retained);
            }
        }
        for (final Model m : new ArrayList<>(open)) {
            m.session.close(rig.now);
            over(m);
        }
        rig.settle();
        assertThat(rig.stack.sessions()).isZero();
    }

    private void over(final Model m) {
        m.over = true;
        open.remove(m);
    }

    @Override
    public void onMessage(final PoolSession session, final int ppid, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        final Model m = models.get(session);
        assertThat(m.over).isFalse();
        assertThat(new String(buffer, offset, length, StandardCharsets.US_ASCII)).isEqualTo("" + m.number);
    }

    @Override
    public void onFailover(final PoolSession session, final Failover failover, final long nowNs) {
        assertThat(models.get(session).over).isFalse();
        assertThat(failover.toElement()).isEqualTo(session.element());
        assertThat(failover.fromElement()).isNotZero();
    }

    @Override
    public void onFailed(final PoolSession session, final SessionFailure reason, final long nowNs) {
        over(models.get(session));
    }
}
