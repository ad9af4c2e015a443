// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

/**
 * What leaves an endpoint after a batch of inputs: first the answers that belong to no association, then what each
 * association owes its peer. Those that are over are forgotten as soon as their last packet has gone.
 */
final class EndpointOutput {
    private final Shared shared;
    private final StatelessReplies replies;
    private final MessageIntake intake;
    private final PacketWriter packets;
    private final Bundling bundling;

    EndpointOutput(final Shared shared, final StatelessReplies replies, final MessageIntake intake,
        final PacketWriter packets) {
        this.shared = shared;
        this.replies = replies;
        this.intake = intake;
        this.packets = packets;
        this.bundling = new Bundling(shared, packets);
    }

    void flush(final long nowNs) {
        replies.flush(packets, nowNs);
        intake.lookAtRefused();
        final Agenda agenda = shared.agenda();
        for (Association a = agenda.pollDirty(); a != null; a = agenda.pollDirty()) {
            bundling.flush(a, nowNs);
            agenda.reschedule(a);
            if (a.isClosed()) {
                forget(a);
            }
        }
    }

    /** An association that is over and only waits for the next flush: its last packet goes now. */
    void lastWord(final Association a, final long nowNs) {
        bundling.flush(a, nowNs);
        forget(a);
    }

    private void forget(final Association a) {
        a.addresses().releaseAll();
        shared.table().remove(a);
        intake.forget(a);
    }
}
