// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.ArrayList;
import java.util.List;

/** Collects the parameters of one stream. */
final class StreamParser {
    private LocalControl control;
    private Octets local;
    private Octets remote;

    void parameter(final TextScanner in, final Token token) throws MegacoSyntaxException {
        if (token == Token.LOCAL && local == null) {
            local = in.octets();
        } else if (token == Token.REMOTE && remote == null) {
            remote = in.octets();
        } else if (token == Token.LOCAL_CONTROL && control == null) {
            control = localControl(in);
        } else {
            throw in.error("not a stream's parameter, or a second one");
        }
    }

    StreamDescriptor result(final int id) {
        return new StreamDescriptor(id, control, local, remote);
    }

    private static LocalControl localControl(final TextScanner in) throws MegacoSyntaxException {
        StreamMode mode = null;
        Boolean reservedValue = null;
        Boolean reservedGroup = null;
        final List<Parameter> properties = new ArrayList<>(0);
        in.expect('{');
        do {
            in.item();
            final Token token = Token.of(in.peekWord());
            if (token == Token.MODE) {
                in.word();
                in.expect('=');
                final Token value = Token.of(in.word());
                mode = value == null ? null : StreamMode.of(value);
                if (mode == null) {
                    throw in.error("not a stream mode");
                }
            } else if (token == Token.RESERVED_VALUE) {
                in.word();
                reservedValue = onOff(in);
            } else if (token == Token.RESERVED_GROUP) {
                in.word();
                reservedGroup = onOff(in);
            } else {
                properties.add(ParameterParser.parameter(in));
            }
        } while (in.accept(','));
        in.expect('}');
        return new LocalControl(mode, reservedValue, reservedGroup, properties);
    }

    private static Boolean onOff(final TextScanner in) throws MegacoSyntaxException {
        in.expect('=');
        final String word = in.word();
        if (!word.equalsIgnoreCase("ON") && !word.equalsIgnoreCase("OFF")) {
            throw in.error("ON or OFF is needed");
        }
        return word.equalsIgnoreCase("ON");
    }
}
