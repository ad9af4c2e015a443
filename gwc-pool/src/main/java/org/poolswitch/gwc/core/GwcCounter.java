// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.Locale;
import org.poolswitch.observe.CounterDescriptor;

/** What a gateway controller counts. */
public enum GwcCounter implements CounterDescriptor {
    CALLS("New calls (IAM)."),
    CALLS_REFUSED_FULL("Calls released because maxCalls was reached."),
    CALLS_REFUSED_NUMBER("Calls released because their called number cannot be dialled."),
    MACHINE_FAULTS("Calls released because the call machine threw an exception."),
    TAKEOVERS_BY_COOKIE("Calls rebuilt from a cookie."),
    TAKEOVERS_IDLE("Cookies of circuits without a call."),
    BAD_COOKIES("Cookies with a broken seal or content."),
    ADOPTIONS("Contexts of another controller found and claimed for a repeated IAM."),
    LEFTOVERS("Contexts of calls that are over, found in a new call's circuit and taken down."),
    CLAIMS("Contexts claimed after a takeover."),
    RENEWALS("Contexts asked for again because the association with their media gateway is new."),
    RENEWALS_REFUSED("Such questions that the gateway refused, or that another one answered."),
    CONTEXTS_GONE("Claims that found the context gone."),
    DUPLICATE_IAMS("IAMs repeated after a failover and ignored."),
    REJECTED("Calls that the gatekeeper refused."),
    MEDIA_FAILED("Calls that the media gateway could not make."),
    ORPHANED("Calls whose signaling gateway was lost."),
    ORPHANS_CLEARED("Orphaned calls that nobody came back for."),
    CLEARINGS_GIVEN_UP("Calls cleared though gatekeeper or media gateway did not confirm it."),
    DEFERRED("Inputs that waited while the process was fenced."),
    DEFERRED_LOST("Inputs dropped because too many waited."),
    USERS_BLOCKED("Signaling gateways let go because they took no more messages."),
    SERVICE_CHANGES("Media gateways that announced themselves or left."),
    STATUS_REQUESTS("Questions of gatekeepers (IRQ) whether a call still is there."),
    RELEASES_REPEATED("RELs repeated because no RLC came."),
    UNEXPECTED("Messages that fit no call or no state."),
    MALFORMED("Messages that break their format.");

    private final String help;

    GwcCounter(final String help) {
        this.help = help;
    }

    @Override
    public String id() {
        return "gwc_" + name().toLowerCase(Locale.ROOT) + "_total";
    }

    @Override
    public String help() {
        return help;
    }
}
