// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.poolswitch.ras.Guid;

/** A controller's calls, by circuit. */
final class CallTable {
    private final Map<Long, Call> calls = new HashMap<>();
    private final Map<Guid, Call> byIdentifier = new HashMap<>();
    /** Orphans whose circuit has a newer call already, until they are given back. */
    private final Set<Call> detached = new HashSet<>();

    /** The circuit's call, or null. */
    Call on(final CircuitId circuit) {
        return calls.get(circuit.key());
    }

    /** The call of this identifier, or null. */
    Call of(final Guid identifier) {
        return byIdentifier.get(identifier);
    }

    /** @return the call that the circuit had before, or null */
    Call put(final Call call) {
        byIdentifier.put(call.identifier, call);
        return calls.put(call.circuit.key(), call);
    }

    /** Keeps a call whose circuit has another one now, until it is removed. */
    void detach(final Call call) {
        detached.add(call);
    }

    void remove(final Call call) {
        byIdentifier.remove(call.identifier, call);
        if (!calls.remove(call.circuit.key(), call)) {
            detached.remove(call);
        }
    }

    int size() {
        return calls.size() + detached.size();
    }

    /** The calls that we speak for to a user. */
    List<Call> of(final int association) {
        return calls.values().stream().filter(c -> c.caller.association == association && !c.orphaned).toList();
    }

    /** The calls that we speak for whose context a media gateway has. @param element its PE identifier */
    List<Call> withMediaAt(final int element) {
        return calls.values().stream().filter(c -> !c.orphaned && c.hasMediaAt(element)).toList();
    }

    /** How many calls are in one of these stages, without those that we speak for to nobody. */
    long count(final Set<Stage> stages) {
        return calls.values().stream().filter(c -> stages.contains(c.caller.stage()) && !c.orphaned).count();
    }

    /** The calls in words. */
    List<String> describe() {
        return calls.values().stream().map(Call::toString).toList();
    }
}
