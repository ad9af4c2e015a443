// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.call;

import java.util.Map;

/**
 * The machine that is there without any plug-in: {@link CallMachine}'s defaults, with the no-answer time as a
 * setting.
 */
public final class OrdinaryCalls implements CallMachine {
    /** Setting: T9 in seconds, decimals allowed. */
    public static final String NO_ANSWER_SECONDS = "no-answer-seconds";
    private static final double NS = 1e9;
    private static final double LONGEST = 3_600;
    private final long noAnswerNs;

    /** @throws IllegalArgumentException with a sentence if a setting makes no sense */
    public OrdinaryCalls(final Map<String, String> settings) {
        for (final String key : settings.keySet()) {
            if (!key.equals(NO_ANSWER_SECONDS)) {
                throw new IllegalArgumentException("the call machine '" + CallMachineFactory.DEFAULT + "' has the "
                    + "setting " + NO_ANSWER_SECONDS + " and no other, not '" + key + "'");
            }
        }
        final String text = settings.get(NO_ANSWER_SECONDS);
        if (text == null) {
            noAnswerNs = CallMachine.super.noAnswerNs();
            return;
        }
        if (!text.matches("[0-9]{1,4}(\\.[0-9]{1,6})?") || Double.parseDouble(text) <= 0
            || Double.parseDouble(text) > LONGEST) {
            throw new IllegalArgumentException("the no-answer time is more than 0 and at most 3600 seconds, not '"
                + text + "'");
        }
        noAnswerNs = (long) (Double.parseDouble(text) * NS);
    }

    @Override
    public long noAnswerNs() {
        return noAnswerNs;
    }
}
