// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.util.List;
import org.poolswitch.asap.AsapBounds;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapObserver;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.OperationError;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.runtime.AssociationLimit;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.runtime.RateLimit;
import org.poolswitch.sctp.SctpEndpoint;

/** What is said to peers about messages that are not understood, and heard from them about ours: ERROR. */
final class ControlReports {
    private final SctpEndpoint endpoint;
    private final Counters counters;
    private final ControlWriter writer;
    /** ERROR to one peer. */
    private final AssociationLimit errors;
    private AsapObserver observer = AsapObserver.NONE;

    ControlReports(final AsapBounds bounds, final SctpEndpoint endpoint, final Counters counters,
        final ControlWriter writer) {
        errors = new AssociationLimit(new RateLimit(bounds.errorsPerSecond(), bounds.errorsBurst()));
        this.endpoint = endpoint;
        this.counters = counters;
        this.writer = writer;
    }

    void observer(final AsapObserver newObserver) {
        observer = newObserver;
    }

    AsapObserver observer() {
        return observer;
    }

    /** A message that nobody here reads: 01 in its type's high bits asks for a report (RFC 5354 section 2). */
    void unexpected(final ControlInput m) throws MalformedException {
        if (m.type() < 0) {
            throw new MalformedException("shorter than a message header");
        }
        counters.increment(AsapCounter.UNEXPECTED);
        if (m.type() >> 6 == 1) {
            complain(m, writer.unrecognizedMessage(m.buffer, m.offset, m.length));
        }
    }

    /** The message was read to its end, or as far as it made sense. */
    void afterwards(final ControlInput m) {
        final List<byte[]> unrecognized = m.unrecognized();
        // an ERROR is never answered with one: two that do not understand each other would not stop
        if (!unrecognized.isEmpty() && m.type() != AsapType.ERROR) {
            final OperationError error = OperationError.unrecognizedParameters(unrecognized);
            if (error != null) {
                complain(m, writer.unrecognizedParameters(error));
            }
        }
    }

    void malformed(final ControlInput m) {
        counters.increment(AsapCounter.MALFORMED);
        afterwards(m);
    }

    /** ERROR (RFC 5352 section 2.2.15): the peer did not like something of ours. Told, and nothing more. */
    void error(final ControlInput m) throws MalformedException {
        m.begin(4);
        final OperationError error = OperationError.read(m.mandatory(ParameterType.OPERATION_ERROR));
        m.rest();
        counters.increment(AsapCounter.ERRORS);
        observer.onErrorReport(error.causes(), m.nowNs);
    }

    /** An ERROR quotes what it is about: who sends much of that would be sent as much. */
    private void complain(final ControlInput to, final byte[] error) {
        if (errors.take(to.association, to.nowNs)) {
            send(to, error);
        } else {
            counters.increment(AsapCounter.ERRORS_LIMITED);
        }
    }

    void onAssociationDown(final int association) {
        errors.forget(association);
    }

    void send(final ControlInput to, final byte[] message) {
        endpoint.send(to.association, 0, RegistrarLink.PPID, false, message, 0, message.length, to.nowNs);
    }
}
