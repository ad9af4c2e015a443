// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapSuspicion;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapStack;
import org.poolswitch.asap.Failover;
import org.poolswitch.asap.PoolSession;
import org.poolswitch.asap.PoolSessionListener;
import org.poolswitch.asap.SessionFailure;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SendStatus;

/** A stack on a {@link FakeEndpoint} with a registrar and elements that a test plays, stepped in virtual time. */
final class Rig implements PoolSessionListener {
    static final long MS = 1_000_000L;
    static final int DATA = 3;
    static final byte[] GWC = "gwc".getBytes(StandardCharsets.US_ASCII);
    static final SctpAddress REGISTRAR = FakeEndpoint.address(200, 3863);
    static final SctpAddress REGISTRAR2 = FakeEndpoint.address(201, 3863);

    final FakeEndpoint net = new FakeEndpoint();
    final AsapStack stack;
    long now;
    /** PE identifiers that the registrar lists; element n is at host n. */
    final TreeSet<Integer> listed = new TreeSet<>();
    /** Hosts that accept associations. */
    final TreeSet<Integer> alive = new TreeSet<>();
    /** Hosts on which nobody listens; neither here nor alive means silence. */
    final TreeSet<Integer> refusing = new TreeSet<>();
    boolean registrarAnswers = true;
    boolean registrarUp = true;
    /** Registrars that take everything and say nothing. */
    final List<SctpAddress> mute = new ArrayList<>();
    final List<String> received = new ArrayList<>();
    final List<Failover> failovers = new ArrayList<>();
    final List<PoolSession> moved = new ArrayList<>();
    final List<SessionFailure> failures = new ArrayList<>();
    final List<FakeEndpoint.Sent> toRegistrar = new ArrayList<>();

    Rig(final AsapConfig config) {
        stack = new AsapStack(config, net, new SplittableRandom(1));
    }

    static AsapConfig config() {
        return AsapConfig.carrier(List.of(REGISTRAR), null, 9899)
            .withSuspicion(AsapSuspicion.carrier().with(20 * MS, 0));
    }

    Rig elements(final int... ids) {
        for (final int id : ids) {
            listed.add(id);
            alive.add(id);
        }
        return this;
    }

    Rig start() {
        stack.start(now);
        settle();
        return this;
    }

    /** Plays the network until nothing moves at this instant. */
    void settle() {
        boolean busy = true;
        while (busy) {
            busy = net.poll(stack, 1000, now) > 0;
            if (stack.nextDeadlineNs() <= now) {
                stack.onDeadline(now);
                busy = true;
            }
            busy |= accept();
            busy |= answer();
        }
    }

    private boolean accept() {
        boolean busy = false;
        for (final FakeEndpoint.Association a : new ArrayList<>(net.associations.values())) {
            if (a.up || a.gone) {
                continue;
            }
            final int host = a.remote.host().getAddress()[3] & 0xff;
            if (host >= 200 ? registrarUp : alive.contains(host)) {
                net.up(a, false, now);
                busy = true;
            } else if (host >= 200 || refusing.contains(host)) {
                net.down(a, DownCause.CONNECT_FAILED);
                busy = true;
            }
        }
        return busy;
    }

    private boolean answer() {
        boolean busy = false;
        for (final FakeEndpoint.Sent s : new ArrayList<>(net.sent)) {
            final FakeEndpoint.Association a = net.associations.get(s.association());
            if (a.remote.port() == 3863) {
                net.sent.remove(s);
                toRegistrar.add(s);
                a.unacknowledged.remove(s);
                if (registrarAnswers && registrarUp && !a.gone && !mute.contains(a.remote)) {
                    busy |= answer(a, s);
                }
            }
        }
        return busy;
    }

    private boolean answer(final FakeEndpoint.Association a, final FakeEndpoint.Sent s) {
        final byte[] handle = parameterOf(s.payload(), 4);
        final byte[] id = s.type() == 1 ? elementOf(s.payload(), handle.length) : null;
        final byte[] reply = switch (s.type()) {
            case 1 -> message(3, 0, parameter(9, handle), parameter(14, id));
            case 2 -> message(4, 0, parameter(9, handle), parameter(14, Arrays.copyOfRange(s.payload(),
                s.payload().length - 4, s.payload().length)));
            case 5 -> resolution(handle);
            default -> null;
        };
        if (reply != null) {
            net.message(a, 0, 11, reply, now);
        }
        return reply != null;
    }

    private static byte[] parameterOf(final byte[] message, final int at) {
        final int length = ByteBuffer.wrap(message).getShort(at + 2);
        return Arrays.copyOfRange(message, at + 4, at + length);
    }

    private static byte[] elementOf(final byte[] message, final int handleLength) {
        final int at = 8 + (handleLength + 3) / 4 * 4 + 4;
        return Arrays.copyOfRange(message, at, at + 4);
    }

    byte[] resolution(final byte[] handle) {
        final List<byte[]> parts = new ArrayList<>();
        parts.add(parameter(9, handle));
        if (listed.isEmpty()) {
            parts.add(parameter(12, new byte[] {0, 9, 0, 4}));
        } else {
            parts.add(parameter(8, ints(1)));
            for (final int id : listed) {
                parts.add(element(id));
            }
        }
        return message(6, 0, parts.toArray(new byte[0][]));
    }

    static byte[] element(final int id) {
        final byte[] transport = parameter(4, concat(new byte[] {0x0b, 0x59, 0, 1},
            parameter(1, new byte[] {10, 0, 0, (byte) id})));
        return parameter(10, concat(ints(id, 77, 20_000), transport, parameter(8, ints(1))));
    }

    static byte[] ints(final int... values) {
        final ByteBuffer b = ByteBuffer.allocate(values.length * 4);
        for (final int v : values) {
            b.putInt(v);
        }
        return b.array();
    }

    static byte[] concat(final byte[]... parts) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (final byte[] p : parts) {
            out.writeBytes(p);
        }
        return out.toByteArray();
    }

    static byte[] parameter(final int type, final byte[] value) {
        final ByteBuffer b = ByteBuffer.allocate((value.length + 7) / 4 * 4);
        b.putShort((short) type).putShort((short) (value.length + 4)).put(value);
        return b.array();
    }

    static byte[] message(final int type, final int flags, final byte[]... parts) {
        final byte[] body = concat(parts);
        return concat(new byte[] {(byte) type, (byte) flags, (byte) (body.length + 4 >> 8),
            (byte) (body.length + 4)}, body);
    }

    static byte[] cookie(final String text) {
        return message(11, 0, parameter(13, text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Lets time pass, deadline by deadline. */
    void run(final long ns) {
        final long until = now + ns;
        settle();
        while (stack.nextDeadlineNs() <= until) {
            now = Math.max(now, stack.nextDeadlineNs());
            settle();
        }
        now = until;
        settle();
    }

    PoolSession open() {
        return stack.user().open(GWC, this, null, now);
    }

    SendStatus send(final PoolSession s, final String text, final int flags) {
        final byte[] b = ("xx" + text).getBytes(StandardCharsets.US_ASCII);
        return s.send(DATA, b, 2, b.length - 2, flags, now);
    }

    FakeEndpoint.Association element(final PoolSession s) {
        return at(s.element());
    }

    /** The stream on which the last data message went to element n. */
    int streamOf(final int id) {
        int stream = 0;
        for (final FakeEndpoint.Sent s : net.sent) {
            stream = s.association() == at(id).id && s.ppid() == DATA ? s.stream() : stream;
        }
        return stream;
    }

    FakeEndpoint.Association at(final int id) {
        return net.of(FakeEndpoint.address(id, 2905));
    }

    /** What element n was sent since the last look: stream:text or stream:type#cookie. */
    List<String> got(final int id) {
        final List<String> texts = new ArrayList<>();
        for (final FakeEndpoint.Sent s : new ArrayList<>(net.sent)) {
            final FakeEndpoint.Association a = net.associations.get(s.association());
            if (a.remote.host().getAddress()[3] == id) {
                net.sent.remove(s);
                texts.add(s.ppid() == 11 ? "#" + new String(parameterOf(s.payload(), 4), StandardCharsets.US_ASCII)
                    : s.text());
            }
        }
        return texts;
    }

    /** The element says something in the session. */
    void says(final int id, final int stream, final String text) {
        net.message(at(id), stream, text.startsWith("#") ? 11 : DATA, text.startsWith("#")
            ? cookie(text.substring(1)) : text.getBytes(StandardCharsets.US_ASCII), now);
        settle();
    }

    void acknowledge(final int id) {
        at(id).unacknowledged.clear();
    }

    /** The peer takes everything, and will go on doing so. */
    void drain(final FakeEndpoint.Association a) {
        a.unacknowledged.clear();
        net.sendable(a, Integer.MAX_VALUE);
        settle();
    }

    /** A process is killed: nobody listens there, and the transport has noticed. */
    void kill(final int id, final DownCause cause) {
        alive.remove(id);
        refusing.add(id);
        net.down(at(id), cause);
        settle();
    }

    long count(final AsapCounter counter) {
        return stack.counters().get(counter);
    }

    long asked(final int type) {
        return toRegistrar.stream().filter(s -> s.type() == type).count();
    }

    boolean idle() {
        return stack.nextDeadlineNs() == Machine.NO_DEADLINE;
    }

    @Override
    public void onMessage(final PoolSession session, final int ppid, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        received.add(new String(buffer, offset, length, StandardCharsets.US_ASCII));
    }

    @Override
    public void onFailover(final PoolSession session, final Failover failover, final long nowNs) {
        failovers.add(failover);
        moved.add(session);
    }

    @Override
    public void onFailed(final PoolSession session, final SessionFailure reason, final long nowNs) {
        failures.add(reason);
    }
}
