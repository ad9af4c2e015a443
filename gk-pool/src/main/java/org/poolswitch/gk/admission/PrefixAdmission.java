// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.admission;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.poolswitch.ras.AdmissionRejectReason;
import org.poolswitch.ras.AdmissionRequest;

/**
 * Admission by the called number's prefix and by limits. The longest prefix that matches decides, as in every routing
 * table; a number that none matches is admitted only if no prefix is allowed expressly.
 *
 * @param allowed      prefixes that may be called; none = all
 * @param denied       prefixes that may not
 * @param mostCalls    calls at a time
 * @param mostBandwidth hundreds of bits per second at a time
 */
public record PrefixAdmission(List<String> allowed, List<String> denied, int mostCalls, long mostBandwidth)
    implements AdmissionPolicy {
    /** Settings: prefixes with commas between them, and numbers. */
    public static final String ALLOW = "allow";
    /** See {@link #ALLOW}. */
    public static final String DENY = "deny";
    /** See {@link #ALLOW}. */
    public static final String MOST_CALLS = "max-calls";
    /** See {@link #ALLOW}. */
    public static final String MOST_BANDWIDTH = "max-bandwidth";
    private static final List<String> SETTINGS = List.of(ALLOW, DENY, MOST_CALLS, MOST_BANDWIDTH);
    private static final String DIGITS = "[0-9*#]{1,20}";

    public PrefixAdmission {
        allowed = List.copyOf(allowed);
        denied = List.copyOf(denied);
        for (final List<String> prefixes : List.of(allowed, denied)) {
            for (final String prefix : prefixes) {
                if (!prefix.matches(DIGITS)) {
                    throw new IllegalArgumentException("a prefix is 1 to 20 digits, not '" + prefix + "'");
                }
            }
        }
        if (allowed.stream().anyMatch(denied::contains)) {
            throw new IllegalArgumentException("a prefix cannot be both allowed and denied");
        }
        if (mostCalls < 1 || mostBandwidth < 1) {
            throw new IllegalArgumentException("the limits of calls and bandwidth are at least 1");
        }
    }

    /** From the configuration. */
    public static PrefixAdmission of(final Map<String, String> settings) {
        for (final String key : settings.keySet()) {
            if (!SETTINGS.contains(key)) {
                throw new IllegalArgumentException("the admission policy '" + AdmissionPolicyFactory.DEFAULT
                    + "' has the settings " + String.join(", ", SETTINGS) + ", not '" + key + "'");
            }
        }
        return new PrefixAdmission(list(settings.get(ALLOW)), list(settings.get(DENY)),
            (int) Math.min(Integer.MAX_VALUE, number(settings, MOST_CALLS)), number(settings, MOST_BANDWIDTH));
    }

    private static List<String> list(final String text) {
        return text == null || text.isBlank() ? List.of() : Arrays.stream(text.split(",")).map(String::trim).toList();
    }

    private static long number(final Map<String, String> settings, final String key) {
        try {
            return Long.parseLong(settings.getOrDefault(key, Long.toString(Long.MAX_VALUE)));
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(key + " is a number, not '" + settings.get(key) + "'");
        }
    }

    @Override
    public AdmissionRejectReason decide(final AdmissionRequest request, final int calls, final long bandwidth) {
        final String called = request.calledDigits();
        if (called == null || called.isEmpty()) {
            return AdmissionRejectReason.INCOMPLETE_ADDRESS;
        }
        final int allow = longest(allowed, called);
        final int deny = longest(denied, called);
        if (deny > allow) {
            return AdmissionRejectReason.INVALID_PERMISSION;
        }
        if (allow < 0 && !allowed.isEmpty()) {
            return AdmissionRejectReason.CALLED_PARTY_NOT_REGISTERED;
        }
        if (calls >= mostCalls || bandwidth > mostBandwidth - request.bandWidth()) {
            return AdmissionRejectReason.RESOURCE_UNAVAILABLE;
        }
        return null;
    }

    private static int longest(final List<String> prefixes, final String number) {
        return prefixes.stream().filter(number::startsWith).map(String::length).max(Comparator.naturalOrder())
            .orElse(-1);
    }
}
