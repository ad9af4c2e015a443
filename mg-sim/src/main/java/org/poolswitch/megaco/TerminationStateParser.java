// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code TerminationState}. */
final class TerminationStateParser {
    private TerminationStateParser() {
    }

    static TerminationState parse(final TextScanner in) throws MegacoSyntaxException {
        ServiceState state = null;
        Boolean lockStep = null;
        final List<Parameter> properties = new ArrayList<>(0);
        in.expect('{');
        do {
            in.item();
            final Token token = Token.of(in.peekWord());
            if (token == Token.SERVICE_STATES) {
                in.word();
                in.expect('=');
                final Token value = Token.of(in.word());
                state = value == null ? null : ServiceState.of(value);
                if (state == null) {
                    throw in.error("not a service state");
                }
            } else if (token == Token.BUFFER) {
                in.word();
                in.expect('=');
                final String value = in.word();
                lockStep = Token.of(value) == Token.LOCK_STEP;
                if (!lockStep && !value.equalsIgnoreCase("OFF")) {
                    throw in.error("OFF or LockStep is needed");
                }
            } else {
                properties.add(ParameterParser.parameter(in));
            }
        } while (in.accept(','));
        in.expect('}');
        return new TerminationState(state, lockStep, properties);
    }
}
