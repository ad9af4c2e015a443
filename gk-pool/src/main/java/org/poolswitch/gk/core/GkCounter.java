// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.core;

import java.util.Locale;
import org.poolswitch.observe.CounterDescriptor;

/** What a gatekeeper counts. */
public enum GkCounter implements CounterDescriptor {
    ADMITTED("Calls admitted (ACF)."),
    ADMITTED_AGAIN("Requests for a call that was admitted already, answered with the same admission."),
    REJECTED("Calls refused (ARJ)."),
    REFUSED_FULL("Calls refused because the limit of admissions was reached."),
    POLICY_FAULTS("Calls refused because the admission policy threw an exception or gave no valid reason."),
    DISENGAGED("Calls disengaged (DCF)."),
    DISENGAGED_UNKNOWN("Disengage requests for calls that are not known, confirmed all the same."),
    DISENGAGE_REJECTED("Disengage requests of an endpoint that does not own the call (DRJ)."),
    BANDWIDTH_CHANGED("Bandwidth changes confirmed (BCF)."),
    BANDWIDTH_REJECTED("Bandwidth changes refused (BRJ)."),
    TAKEOVERS("Admissions rebuilt from a cookie."),
    BAD_COOKIES("Cookies with a broken seal or content."),
    ORPHANS_ENDED("Admissions ended because their controller was gone and nobody came for them."),
    STATUS_ASKED("Questions to controllers (IRQ) whether they still have a call."),
    STATUS_ENDED("Admissions ended because their controller answered (IRR) that it has no such call."),
    STATUS_UNANSWERED("Admissions ended because their controller did not answer whether it has the call."),
    NOT_UNDERSTOOD("Messages answered with XRS."),
    UNEXPECTED("Messages that no request waits for."),
    USERS_BLOCKED("Controllers let go because they took no more messages."),
    MALFORMED("Messages that break their format.");

    private final String help;

    GkCounter(final String help) {
        this.help = help;
    }

    @Override
    public String id() {
        return "gk_" + name().toLowerCase(Locale.ROOT) + "_total";
    }

    @Override
    public String help() {
        return help;
    }
}
