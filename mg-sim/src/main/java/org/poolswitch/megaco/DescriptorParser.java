// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.ArrayList;
import java.util.List;

/** Reads descriptors; a name it does not know becomes an {@link OpaqueDescriptor}, for the command to refuse. */
final class DescriptorParser {
    private static final int MAX_ERROR_CODE = 9999;
    private static final int MAX_STREAM = 65535;

    private DescriptorParser() {
    }

    static Descriptor descriptor(final TextScanner in) throws MegacoSyntaxException {
        final Token token = Token.of(in.peekWord());
        if (token == null) {
            return in.opaque();
        }
        switch (token) {
            case MEDIA:
                in.word();
                return media(in);
            case EVENTS:
                in.word();
                return EventParser.events(in);
            case SIGNALS:
                in.word();
                return EventParser.signals(in);
            case OBSERVED_EVENTS:
                in.word();
                return EventParser.observed(in);
            case AUDIT:
                in.word();
                return audit(in);
            case SERVICES:
                in.word();
                return ServicesParser.services(in);
            case STATISTICS:
                in.word();
                return new StatisticsDescriptor(ParameterParser.bracedList(in));
            case ERROR:
                in.word();
                return error(in);
            default:
                return in.opaque();
        }
    }

    /** After the name: {@code = code {["text"]}}. */
    static ErrorDescriptor error(final TextScanner in) throws MegacoSyntaxException {
        in.expect('=');
        final int code = (int) in.number(MAX_ERROR_CODE);
        in.expect('{');
        final String text = in.peek() == '"' ? in.quoted() : "";
        in.expect('}');
        return new ErrorDescriptor(code, text);
    }

    private static AuditDescriptor audit(final TextScanner in) throws MegacoSyntaxException {
        in.expect('{');
        final List<AuditItem> items = new ArrayList<>(2);
        final List<OpaqueDescriptor> others = new ArrayList<>(0);
        if (in.accept('}')) {
            return new AuditDescriptor(items, others);
        }
        do {
            final OpaqueDescriptor text = in.opaque();
            final Token token = Token.of(text.text());
            final AuditItem item = token == null ? null : AuditItem.of(token);
            if (item == null) {
                others.add(text);
            } else {
                items.add(item);
            }
        } while (in.accept(','));
        in.expect('}');
        return new AuditDescriptor(items, others);
    }

    private static MediaDescriptor media(final TextScanner in) throws MegacoSyntaxException {
        final List<StreamDescriptor> streams = new ArrayList<>(1);
        TerminationState state = null;
        if (!in.accept('{')) {
            return new MediaDescriptor(streams, null);
        }
        StreamParser implied = null;
        do {
            in.item();
            final Token token = Token.of(in.word());
            if (token == Token.STREAM) {
                in.expect('=');
                final int id = (int) in.number(MAX_STREAM);
                streams.add(stream(in, id));
            } else if (token == Token.TERMINATION_STATE) {
                state = TerminationStateParser.parse(in);
            } else {
                implied = implied == null ? new StreamParser() : implied;
                implied.parameter(in, token);
            }
        } while (in.accept(','));
        in.expect('}');
        if (implied != null) {
            streams.add(0, implied.result(StreamDescriptor.IMPLIED));
        }
        return new MediaDescriptor(streams, state);
    }

    private static StreamDescriptor stream(final TextScanner in, final int id) throws MegacoSyntaxException {
        if (id == StreamDescriptor.IMPLIED) {
            throw in.error("StreamID 0 is reserved");
        }
        in.expect('{');
        final StreamParser parser = new StreamParser();
        do {
            in.item();
            parser.parameter(in, Token.of(in.word()));
        } while (in.accept(','));
        in.expect('}');
        return parser.result(id);
    }
}
