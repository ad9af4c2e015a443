// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.poolswitch.runtime.RateLimit;

/**
 * What one user or element may ask of a registrar (RFC 5355 section 3). What is above is counted and dropped, before it
 * costs anything: who keeps to its timers asks again later. A user is an association.
 *
 * @param resolutions          HANDLE_RESOLUTION per user
 * @param registrations        REGISTRATION and DEREGISTRATION per association
 * @param elementRegistrations REGISTRATION per element
 * @param reports              ENDPOINT_UNREACHABLE per user
 * @param elementReports       ENDPOINT_UNREACHABLE about one element, from whomever
 * @param errors               ERROR, and PRESENCE to strangers, that we send over one association
 * @param tables               ENRP's HANDLE_TABLE_REQUEST and LIST_REQUEST over one association, of who is no peer
 */
public record RateLimits(RateLimit resolutions, RateLimit registrations, RateLimit elementRegistrations,
    RateLimit reports, RateLimit elementReports, RateLimit errors, RateLimit tables) {
    /** A node of thousands of calls a second stays far below, and so do the 4,000 pages of a million elements. */
    public static final RateLimits DEFAULT = new RateLimits(new RateLimit(5_000, 10_000), new RateLimit(2_000, 20_000),
        new RateLimit(10, 50), new RateLimit(100, 500), new RateLimit(50, 100), new RateLimit(10, 50),
        new RateLimit(1_000, 10_000));
    /** For networks in which everybody is trusted, and for measuring. */
    public static final RateLimits NONE = new RateLimits(RateLimit.NONE, RateLimit.NONE, RateLimit.NONE,
        RateLimit.NONE, RateLimit.NONE, RateLimit.NONE, RateLimit.NONE);
    private static final List<String> NAMES = List.of("resolutions", "registrations", "element-registrations",
        "reports", "element-reports", "errors", "tables");

    /**
     * The same with one other limit.
     *
     * @param name as operators write it: resolutions, registrations, element-registrations, reports, element-reports,
     *             errors, tables
     * @throws IllegalArgumentException if there is no such limit
     */
    public RateLimits with(final String name, final RateLimit limit) {
        final int at = NAMES.indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException("no limit is named '" + name + "'; they are "
                + String.join(", ", NAMES));
        }
        final RateLimit[] all = all();
        all[at] = limit;
        return new RateLimits(all[0], all[1], all[2], all[3], all[4], all[5], all[6]);
    }

    /** As {@link #NAMES} names them. */
    private RateLimit[] all() {
        return new RateLimit[] {resolutions, registrations, elementRegistrations, reports, elementReports, errors,
            tables};
    }

    /** All limits as operators write them, {@code name=rate/burst}; {@link RateLimit#parse} reads each back. */
    public String describe() {
        final RateLimit[] all = all();
        return IntStream.range(0, all.length).mapToObj(i -> NAMES.get(i) + "=" + all[i].describe())
            .collect(Collectors.joining(","));
    }
}
