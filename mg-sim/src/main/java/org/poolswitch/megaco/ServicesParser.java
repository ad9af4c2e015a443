// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.ArrayList;
import java.util.List;

/** Reads the descriptor of ServiceChange. */
final class ServicesParser {
    private ServiceChangeMethod method;
    private String reason;
    private long delay = ServiceChangeDescriptor.ABSENT;
    private String address;
    private String profile;
    private int version = ServiceChangeDescriptor.ABSENT;
    private Mid mgcId;
    private String timeStamp;
    private final List<Parameter> extensions = new ArrayList<>(0);

    private ServicesParser() {
    }

    static ServiceChangeDescriptor services(final TextScanner in) throws MegacoSyntaxException {
        final ServicesParser parser = new ServicesParser();
        in.expect('{');
        do {
            in.item();
            parser.parameter(in);
        } while (in.accept(','));
        in.expect('}');
        return new ServiceChangeDescriptor(parser.method, parser.reason, parser.delay, parser.address,
            parser.profile, parser.version, parser.mgcId, parser.timeStamp, parser.extensions);
    }

    private void parameter(final TextScanner in) throws MegacoSyntaxException {
        final String word = in.word();
        final Token token = Token.of(word);
        if (token == null) {
            if (word.startsWith("X-") || word.startsWith("X+") || word.startsWith("x-") || word.startsWith("x+")) {
                extensions.add(ParameterParser.parameter(in, word));
            } else {
                timeStamp = EventParser.timeStamp(in, word);
            }
            return;
        }
        in.expect('=');
        switch (token) {
            case METHOD -> method(in);
            case REASON -> reason = in.value();
            case DELAY -> delay = in.number(Transaction.MAX_ID);
            case SERVICE_CHANGE_ADDRESS -> address = address(in);
            case PROFILE -> profile = in.word();
            case VERSION -> version = (int) in.number(99);
            case MGC_ID -> mgcId = MidParser.parse(in);
            default -> throw in.error("not a parameter of ServiceChange");
        }
    }

    private void method(final TextScanner in) throws MegacoSyntaxException {
        final String word = in.word();
        final Token token = Token.of(word);
        method = token == null ? null : ServiceChangeMethod.of(token);
        if (method == null) {
            throw in.error("not a method of ServiceChange");
        }
    }

    private static String address(final TextScanner in) throws MegacoSyntaxException {
        final int first = in.peek();
        return first >= '0' && first <= '9' ? Long.toString(in.number(65535)) : MidParser.parse(in).toString();
    }
}
