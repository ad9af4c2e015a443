// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.util.Arrays;
import java.util.TreeMap;
import org.agrona.collections.Int2ObjectHashMap;
import org.poolswitch.sctp.SctpConfig;
import org.poolswitch.sctp.wire.DataChunk;

/**
 * Puts fragments together and streams in order (RFC 9260 sections 6.5, 6.6, 6.9). The common case, a whole message that
 * is next in its stream, goes straight to the event queue. Everything that has to wait costs the peer some of its
 * window beyond its octets, so that many tiny pieces cannot hold much memory, and is found without walking past others,
 * so that they cannot cost much time.
 */
final class Reassembly {
    /** What a fragment costs beside its octets: an array's header and its place in a run. */
    private static final int FRAGMENT = 64;
    /** What a run of fragments, or a message that waits for its turn, costs beside that: objects and tree entries. */
    private static final int ENTRY = 256;

    private record Waiting(int ppid, byte[] data) {
    }

    private final SctpConfig config;
    private final Inbound inbound;
    /** Runs by their first TSN. Made when needed: most associations never see a fragment or a gap. */
    private TreeMap<Integer, FragmentRun> runs;
    /** The run that grew last: the next fragment mostly continues it. */
    private FragmentRun newest;
    /** For each stream the messages that wait for their turn. */
    private Int2ObjectHashMap<TreeMap<Integer, Waiting>> waiting;
    private final StreamNumbers numbers = new StreamNumbers();

    Reassembly(final SctpConfig config, final Inbound inbound) {
        this.config = config;
        this.inbound = inbound;
    }

    /** See {@link Association#warm}. */
    int warm() {
        return numbers.warm();
    }

    /** @return false if the peer broke the protocol */
    boolean onData(final byte[] b, final int at, final int tsn, final int octets) {
        final int flags = DataChunk.flags(b, at) & (DataChunk.WHOLE | DataChunk.UNORDERED);
        final int stream = DataChunk.stream(b, at);
        final int ssn = DataChunk.ssn(b, at);
        final int ppid = DataChunk.ppid(b, at);
        final int data = at + DataChunk.HEADER;
        if ((flags & DataChunk.WHOLE) != DataChunk.WHOLE) {
            return onFragment(new FragmentRun(flags, stream, ssn, ppid, tsn, Arrays.copyOfRange(b, data, data
                + octets)));
        }
        if (octets > config.maxMessageOctets()) {
            return false;
        }
        if ((flags & DataChunk.UNORDERED) != 0) {
            inbound.deliver(stream, ppid, true, b, data, octets);
        } else if (ssn == numbers.peek(stream)) {
            inbound.deliver(stream, ppid, false, b, data, octets);
            numbers.take(stream);
            advance(stream);
        } else {
            wait(stream, ssn, ppid, Arrays.copyOfRange(b, data, data + octets));
        }
        return true;
    }

    // ---- fragments -----------------------------------------------------------------------------------------------

    private boolean onFragment(final FragmentRun fragment) {
        if (runs == null) {
            runs = new TreeMap<>((a, b) -> a - b);
        }
        final FragmentRun before = endingAt(fragment.first - 1);
        final FragmentRun after = before != null && before == newest && runs.size() == 1 ? null
            : runs.get(fragment.first + 1);
        if (before != null && !before.agreesWith(fragment) || after != null && !fragment.agreesWith(after)) {
            return false;
        }
        inbound.hold(fragment.octets + FRAGMENT + ENTRY);
        FragmentRun run = fragment;
        if (before != null && !before.ends) {
            runs.remove(before.first);
            run = joined(before, run);
        }
        if (after != null && !run.ends) {
            runs.remove(after.first);
            run = joined(run, after);
        }
        if (run.octets > config.maxMessageOctets()) {
            inbound.hold(-cost(run));
            return false;
        }
        if (run.isWhole()) {
            inbound.hold(-cost(run));
            newest = null;
            deliver(run);
        } else {
            runs.put(run.first, run);
            newest = run;
        }
        return true;
    }

    private FragmentRun joined(final FragmentRun run, final FragmentRun behind) {
        inbound.hold(-ENTRY);
        return run.join(behind);
    }

    private FragmentRun endingAt(final int tsn) {
        if (newest != null && newest.last == tsn) {
            return newest;
        }
        final var floor = runs.floorEntry(tsn);
        return floor != null && floor.getValue().last == tsn ? floor.getValue() : null;
    }

    private static int cost(final FragmentRun run) {
        return run.octets + FRAGMENT * run.fragments() + ENTRY;
    }

    private void deliver(final FragmentRun run) {
        if (run.unordered) {
            inbound.deliver(run.stream, run.ppid, true, run.whole(), 0, run.octets);
        } else if (run.ssn == numbers.peek(run.stream)) {
            inbound.deliver(run.stream, run.ppid, false, run.whole(), 0, run.octets);
            numbers.take(run.stream);
            advance(run.stream);
        } else {
            wait(run.stream, run.ssn, run.ppid, run.whole());
        }
    }

    /** RFC 3758 section 3.6: fragments that will never be whole. */
    void dropFragments(final int upTo) {
        if (runs == null || runs.isEmpty()) {
            return;
        }
        final var gone = runs.headMap(upTo, true);
        gone.values().forEach(run -> inbound.hold(-cost(run)));
        gone.clear();
        newest = null;
    }

    // ---- order ---------------------------------------------------------------------------------------------------

    /** Those behind the message that was delivered last may follow. */
    private void advance(final int stream) {
        final TreeMap<Integer, Waiting> queue = waiting == null ? null : waiting.get(stream);
        if (queue != null) {
            while (!queue.isEmpty() && queue.firstKey() == numbers.peek(stream)) {
                deliverFirst(stream, queue);
                numbers.take(stream);
            }
            forgetIfEmpty(stream, queue);
        }
    }

    private void deliverFirst(final int stream, final TreeMap<Integer, Waiting> queue) {
        final Waiting w = queue.pollFirstEntry().getValue();
        inbound.hold(-w.data().length - ENTRY);
        inbound.deliver(stream, w.ppid(), false, w.data(), 0, w.data().length);
    }

    private void forgetIfEmpty(final int stream, final TreeMap<Integer, Waiting> queue) {
        if (queue.isEmpty()) {
            waiting.remove(stream);
            // it keeps the room for all streams that ever waited at once
            waiting = waiting.isEmpty() ? null : waiting;
        }
    }

    private void wait(final int stream, final int ssn, final int ppid, final byte[] data) {
        // an SSN that was delivered already cannot come with a new TSN
        if ((short) (ssn - numbers.peek(stream)) < 0) {
            return;
        }
        if (waiting == null) {
            waiting = new Int2ObjectHashMap<>();
        }
        TreeMap<Integer, Waiting> queue = waiting.get(stream);
        if (queue == null) {
            // all are less than half of the numbers ahead of the next one, so that this is an order
            queue = new TreeMap<>((a, b) -> (short) (a - b));
            waiting.put(stream, queue);
        }
        if (queue.putIfAbsent(ssn, new Waiting(ppid, data)) == null) {
            inbound.hold(data.length + ENTRY);
        }
    }

    /** RFC 3758 section 3.6: messages of this stream up to that one are not waited for; what was ready goes out. */
    void skip(final int stream, final int ssn) {
        if ((short) (ssn - numbers.peek(stream)) < 0) {
            return;
        }
        final TreeMap<Integer, Waiting> queue = waiting == null ? null : waiting.get(stream);
        while (queue != null && !queue.isEmpty() && (short) (ssn - queue.firstKey()) >= 0) {
            deliverFirst(stream, queue);
        }
        numbers.set(stream, ssn + 1);
        advance(stream);
    }

    /** Streams start again at 0; none named means all. */
    void resetStreams(final int[] streams) {
        numbers.reset(streams);
        if (waiting == null) {
            return;
        }
        // a peer that keeps to RFC 6525 section 5.1.2 left nothing to wait for
        if (streams.length == 0) {
            waiting.values().forEach(this::dropAll);
            waiting = null;
        }
        for (final int stream : streams) {
            final TreeMap<Integer, Waiting> queue = waiting.remove(stream);
            if (queue != null) {
                dropAll(queue);
            }
        }
    }

    private void dropAll(final TreeMap<Integer, Waiting> queue) {
        queue.values().forEach(w -> inbound.hold(-w.data().length - ENTRY));
    }

    void clear() {
        runs = null;
        newest = null;
        waiting = null;
        numbers.clear();
    }

    /** What everything that waits costs, counted again. */
    long recount() {
        long cost = 0;
        if (runs != null) {
            cost += runs.values().stream().mapToLong(Reassembly::cost).sum();
        }
        if (waiting != null) {
            for (final TreeMap<Integer, Waiting> queue : waiting.values()) {
                cost += queue.values().stream().mapToLong(w -> w.data().length + ENTRY).sum();
            }
        }
        return cost;
    }
}
