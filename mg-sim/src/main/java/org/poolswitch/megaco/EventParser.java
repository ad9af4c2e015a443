// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.ArrayList;
import java.util.List;

/** Reads events, signals and observed events. */
final class EventParser {
    private static final int TIME_STAMP = 17;

    private EventParser() {
    }

    static EventsDescriptor events(final TextScanner in) throws MegacoSyntaxException {
        if (!in.accept('=')) {
            return EventsDescriptor.none();
        }
        final long request = requestId(in);
        in.expect('{');
        final List<RequestedEvent> events = new ArrayList<>(4);
        do {
            events.add(requestedEvent(in));
        } while (in.accept(','));
        in.expect('}');
        return new EventsDescriptor(request, events);
    }

    private static RequestedEvent requestedEvent(final TextScanner in) throws MegacoSyntaxException {
        in.item();
        final String name = packageItem(in, in.word());
        final List<Parameter> parameters = new ArrayList<>(0);
        final List<OpaqueDescriptor> extras = new ArrayList<>(0);
        if (in.accept('{')) {
            do {
                final Token token = Token.of(in.peekWord());
                if (token == Token.EMBED || token == Token.DIGIT_MAP) {
                    extras.add(in.opaque());
                } else if (token == Token.STREAM || token == Token.KEEP_ACTIVE) {
                    in.word();
                    parameters.add(ParameterParser.parameter(in, token.longForm()));
                } else {
                    parameters.add(ParameterParser.parameter(in));
                }
            } while (in.accept(','));
            in.expect('}');
        }
        return new RequestedEvent(name, parameters, extras);
    }

    static SignalsDescriptor signals(final TextScanner in) throws MegacoSyntaxException {
        if (!in.accept('{') || in.accept('}')) {
            return SignalsDescriptor.none();
        }
        final List<Signal> signals = new ArrayList<>(1);
        final List<OpaqueDescriptor> lists = new ArrayList<>(0);
        do {
            in.item();
            if (Token.of(in.peekWord()) == Token.SIGNAL_LIST) {
                lists.add(in.opaque());
            } else {
                signals.add(signal(in));
            }
        } while (in.accept(','));
        in.expect('}');
        return new SignalsDescriptor(signals, lists);
    }

    private static Signal signal(final TextScanner in) throws MegacoSyntaxException {
        final String name = packageItem(in, in.word());
        final List<Parameter> parameters = new ArrayList<>(0);
        if (in.accept('{')) {
            do {
                in.item();
                parameters.add(signalParameter(in));
            } while (in.accept(','));
            in.expect('}');
        }
        return new Signal(name, parameters);
    }

    /** The protocol's own parameters are kept under their long names, so that both spellings mean the same. */
    private static Parameter signalParameter(final TextScanner in) throws MegacoSyntaxException {
        final String word = in.word();
        final Token token = Token.of(word);
        if (token == Token.STREAM || token == Token.DURATION || token == Token.KEEP_ACTIVE) {
            return ParameterParser.parameter(in, token.longForm());
        }
        if (token != Token.SIGNAL_TYPE && token != Token.NOTIFY_COMPLETION) {
            return ParameterParser.parameter(in, word);
        }
        final Parameter raw = ParameterParser.parameter(in, token.longForm());
        final List<String> values = new ArrayList<>(raw.values().size());
        for (final String value : raw.values()) {
            final Token spelled = Token.of(value);
            values.add(spelled == null ? value : spelled.longForm());
        }
        return new Parameter(raw.name(), raw.relation(), values);
    }

    static ObservedEventsDescriptor observed(final TextScanner in) throws MegacoSyntaxException {
        if (!in.accept('=')) {
            return ObservedEventsDescriptor.none();
        }
        final long request = requestId(in);
        in.expect('{');
        final List<ObservedEvent> events = new ArrayList<>(1);
        do {
            in.item();
            String word = in.word();
            String time = null;
            if (in.accept(':')) {
                time = timeStamp(in, word);
                word = in.word();
            }
            events.add(new ObservedEvent(time, packageItem(in, word), ParameterParser.bracedList(in)));
        } while (in.accept(','));
        in.expect('}');
        return new ObservedEventsDescriptor(request, events);
    }

    /** {@code yyyymmddThhmmssss} (ISO 8601). */
    static String timeStamp(final TextScanner in, final String word) throws MegacoSyntaxException {
        boolean legal = word.length() == TIME_STAMP;
        for (int i = 0; legal && i < TIME_STAMP; i++) {
            final char c = word.charAt(i);
            legal = i == 8 ? c == 'T' || c == 't' : c >= '0' && c <= '9';
        }
        if (!legal) {
            throw in.error("not a time stamp");
        }
        return word;
    }

    private static long requestId(final TextScanner in) throws MegacoSyntaxException {
        final String word = in.word();
        return word.equals("*") ? EventsDescriptor.ALL_REQUESTS : in.number(word, Transaction.MAX_ID);
    }

    private static String packageItem(final TextScanner in, final String word) throws MegacoSyntaxException {
        final int slash = word.indexOf('/');
        if (slash <= 0 || slash == word.length() - 1) {
            throw in.error("package/item is needed");
        }
        return word;
    }
}
