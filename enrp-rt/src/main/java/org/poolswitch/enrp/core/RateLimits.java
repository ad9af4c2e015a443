// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

/**
 * What one user or element may ask of a registrar (RFC 5355 section 3). What is above is counted and dropped, before it
 * costs anything: who keeps to its timers asks again later. A user is an association.
 *
 * @param resolutions          HANDLE_RESOLUTION per user
 * @param registrations        REGISTRATION and DEREGISTRATION per association
 * @param elementRegistrations REGISTRATION per element
 * @param reports              ENDPOINT_UNREACHABLE per user
 * @param elementReports       ENDPOINT_UNREACHABLE about one element, from whomever
 */
public record RateLimits(RateLimit resolutions, RateLimit registrations, RateLimit elementRegistrations,
    RateLimit reports, RateLimit elementReports) {
    /** A node of thousands of calls a second stays far below. */
    public static final RateLimits DEFAULT = new RateLimits(new RateLimit(5_000, 10_000), new RateLimit(2_000, 20_000),
        new RateLimit(10, 50), new RateLimit(100, 500), new RateLimit(50, 100));
    /** For networks in which everybody is trusted, and for measuring. */
    public static final RateLimits NONE = new RateLimits(RateLimit.NONE, RateLimit.NONE, RateLimit.NONE,
        RateLimit.NONE, RateLimit.NONE);

    /**
     * The same with one other limit.
     *
     * @param name as operators write it: resolutions, registrations, element-registrations, reports, element-reports
     * @throws IllegalArgumentException if there is no such limit
     */
    public RateLimits with(final String name, final RateLimit limit) {
        return switch (name) {
            case "resolutions" -> new RateLimits(limit, registrations, elementRegistrations, reports, elementReports);
            case "registrations" -> new RateLimits(resolutions, limit, elementRegistrations, reports, elementReports);
            case "element-registrations" -> new RateLimits(resolutions, registrations, limit, reports, elementReports);
            case "reports" -> new RateLimits(resolutions, registrations, elementRegistrations, limit, elementReports);
            case "element-reports" -> new RateLimits(resolutions, registrations, elementRegistrations, reports, limit);
            default -> throw new IllegalArgumentException("no limit is named '" + name + "'; they are resolutions, "
                + "registrations, element-registrations, reports, element-reports");
        };
    }

    /** All limits as operators write them, {@code name=rate/burst}; {@link RateLimit#parse} reads each back. */
    public String describe() {
        return "resolutions=" + resolutions.describe() + ",registrations=" + registrations.describe()
            + ",element-registrations=" + elementRegistrations.describe() + ",reports=" + reports.describe()
            + ",element-reports=" + elementReports.describe();
    }
}
