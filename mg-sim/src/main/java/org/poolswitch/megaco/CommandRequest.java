// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * One command: {@code [O-][W-]Verb = termination [{1*descriptor}]}.
 *
 * @param verb          which command
 * @param optional      {@code O-}: go on with the transaction if it fails
 * @param wildcardReply {@code W-}: one reply for all that the wildcard matched
 * @param termination   whom it concerns
 * @param descriptors   its parameters
 */
public record CommandRequest(Verb verb, boolean optional, boolean wildcardReply, TerminationId termination,
    List<Descriptor> descriptors) {

    public CommandRequest {
        descriptors = List.copyOf(descriptors);
    }

    /** A mandatory command with a plain reply. */
    public static CommandRequest of(final Verb verb, final TerminationId termination,
        final Descriptor... descriptors) {
        return new CommandRequest(verb, false, false, termination, List.of(descriptors));
    }

    /** {@code Add}. */
    public static CommandRequest add(final TerminationId termination, final Descriptor... descriptors) {
        return of(Verb.ADD, termination, descriptors);
    }

    /** {@code Modify}. */
    public static CommandRequest modify(final TerminationId termination, final Descriptor... descriptors) {
        return of(Verb.MODIFY, termination, descriptors);
    }

    /** {@code Subtract} that wants no statistics. */
    public static CommandRequest subtract(final TerminationId termination) {
        return of(Verb.SUBTRACT, termination, AuditDescriptor.of());
    }

    /** {@code AuditValue}. */
    public static CommandRequest auditValue(final TerminationId termination, final AuditItem... items) {
        return of(Verb.AUDIT_VALUE, termination, AuditDescriptor.of(items));
    }

    /** {@code Notify}. */
    public static CommandRequest notify(final TerminationId termination, final ObservedEventsDescriptor events) {
        return of(Verb.NOTIFY, termination, events);
    }

    /** {@code ServiceChange}. */
    public static CommandRequest serviceChange(final TerminationId termination,
        final ServiceChangeDescriptor services) {
        return of(Verb.SERVICE_CHANGE, termination, services);
    }

    /** The same command, but its failure does not stop the transaction. */
    public CommandRequest asOptional() {
        return new CommandRequest(verb, true, wildcardReply, termination, descriptors);
    }

    /** The first descriptor of this kind, or null. */
    public <D extends Descriptor> D find(final Class<D> kind) {
        return Descriptor.find(descriptors, kind);
    }
}
