// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * What became of a command: {@code Verb = termination [{1*descriptor}]}, or {@code AuditValue = Context {members}}.
 *
 * @param verb        which command
 * @param termination whom it concerned; null in the {@code Context} form
 * @param members     the context's terminations in the {@code Context} form, else empty
 * @param descriptors what was asked for, or an error
 */
public record CommandReply(Verb verb, TerminationId termination, List<TerminationId> members,
    List<Descriptor> descriptors) {

    public CommandReply {
        members = List.copyOf(members);
        descriptors = List.copyOf(descriptors);
    }

    /** A reply of the ordinary form. */
    public static CommandReply of(final Verb verb, final TerminationId termination,
        final Descriptor... descriptors) {
        return new CommandReply(verb, termination, List.of(), List.of(descriptors));
    }

    /** The command failed. */
    public static CommandReply error(final Verb verb, final TerminationId termination, final int code,
        final String text) {
        return of(verb, termination, new ErrorDescriptor(code, text));
    }

    /** The command's error, or null. */
    public ErrorDescriptor error() {
        return find(ErrorDescriptor.class);
    }

    /** The first descriptor of this kind, or null. */
    public <D extends Descriptor> D find(final Class<D> kind) {
        return Descriptor.find(descriptors, kind);
    }
}
