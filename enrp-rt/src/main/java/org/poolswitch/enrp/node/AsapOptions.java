// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.poolswitch.enrp.core.AddressScope;
import org.poolswitch.enrp.core.RateLimits;
import org.poolswitch.enrp.core.RegistrarConfig;
import org.poolswitch.enrp.core.RegistrarSettings;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.Millis;
import org.poolswitch.rserpool.ChecksumRule;
import org.poolswitch.rserpool.HandlespaceLimits;
import org.poolswitch.runtime.RateLimit;
import picocli.CommandLine.Option;

/** A registrar's settings for its elements and users. */
final class AsapOptions {
    @Option(names = "--limit", paramLabel = "NAME=RATE[/BURST]", split = ",",
        description = "Requests a second that one user or element may make; more is dropped and counted. 'none' lifts "
            + "all, 'NAME=0' one. Names: resolutions (5000/10000), registrations (2000/20000), element-registrations "
            + "(10/50), reports (100/500), element-reports (50/100), errors (10/50), tables (1000/10000).")
    private List<String> limits = new ArrayList<>();

    @Option(names = "--max-items", paramLabel = "N", defaultValue = "128",
        description = "MaxHandleResolutionItems: elements named in one answer, 1 to 128 (default: ${DEFAULT-VALUE}).")
    private int maxItems;

    @Option(names = "--max-elements", paramLabel = "N", defaultValue = "1000000",
        description = "Elements of all pools together (default: ${DEFAULT-VALUE}).")
    private int maxElements;

    @Option(names = "--max-pools", paramLabel = "N", defaultValue = "100000",
        description = "Pools (default: ${DEFAULT-VALUE}).")
    private int maxPools;

    @Option(names = "--max-increment", paramLabel = "N", defaultValue = "0",
        description = "MaxIncrement: elements of an answer that count as handed out; 0 = as their policy says "
            + "(default: ${DEFAULT-VALUE}).")
    private int maxIncrement;

    @Option(names = "--min-address-scope", paramLabel = "SCOPE", defaultValue = "loopback",
        description = "Refuses elements with addresses of a smaller scope: loopback, link-local, site-local, global "
            + "(default: ${DEFAULT-VALUE}).")
    private String minAddressScope;

    @Option(names = "--any-address",
        description = "Elements may name addresses that their association does not have.")
    private boolean anyAddress;

    @Option(names = "--keep-alive-interval", paramLabel = "MS", defaultValue = "0",
        description = "How often an element is asked whether it lives; 0 = as the profile says, 1000 or 10000.")
    private int keepAliveIntervalMs;

    @Option(names = "--keep-alive-timeout", paramLabel = "MS", defaultValue = "0",
        description = "How long it may take to answer; 0 = as the profile says, 400 or 5000.")
    private int keepAliveTimeoutMs;

    /** The profile's settings with those that were given. */
    RegistrarConfig config(final boolean rfc, final ChecksumRule checksum, final String settings)
        throws ConfigException {
        final RegistrarConfig p = rfc ? RegistrarConfig.rfc() : RegistrarConfig.carrier();
        if (maxPools < 1 || maxElements < 1) {
            throw new ConfigException("--max-pools and --max-elements are 1 or more, not " + maxPools + " and "
                + maxElements);
        }
        final AddressScope scope = scope();
        final RateLimits rates = rates(p.rates());
        final long intervalNs = keepAliveIntervalMs == 0 ? p.keepAliveIntervalNs()
            : Millis.toNs("--keep-alive-interval", keepAliveIntervalMs, 0);
        final long timeoutNs = keepAliveTimeoutMs == 0 ? p.keepAliveTimeoutNs()
            : Millis.toNs("--keep-alive-timeout", keepAliveTimeoutMs, 0);
        try {
            final HandlespaceLimits space = new HandlespaceLimits(maxPools, maxElements, maxElements,
                p.handlespace().maxElementOctets(), maxIncrement, checksum);
            final RegistrarConfig all = p.withRates(rates).withHandlespace(space).withAddresses(!anyAddress, scope)
                .withKeepAlive(intervalNs, timeoutNs).withMaxItems(maxItems);
            return RegistrarSettings.apply(all, settings);
        } catch (final IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    /** What the options came to, as one would write them; {@link RegistrarSettings#describe} has the rest. */
    static String describe(final RegistrarConfig config) {
        final HandlespaceLimits space = config.handlespace();
        return "--max-items " + config.maxHandleResolutionItems() + " --max-elements " + space.maxElements()
            + " --max-pools " + space.maxPools() + " --max-increment " + space.maxIncrement()
            + " --checksum " + space.checksum().name().toLowerCase(Locale.ROOT)
            + " --min-address-scope " + config.minAddressScope().name().toLowerCase(Locale.ROOT).replace('_', '-')
            + (config.checkAddresses() ? "" : " --any-address") + " --limit " + config.rates().describe();
    }

    private AddressScope scope() throws ConfigException {
        try {
            return AddressScope.valueOf(minAddressScope.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (final IllegalArgumentException e) {
            throw new ConfigException("--min-address-scope is loopback, link-local, site-local or global, not '"
                + minAddressScope + "'");
        }
    }

    private RateLimits rates(final RateLimits profiled) throws ConfigException {
        RateLimits rates = profiled;
        for (final String limit : limits) {
            if (limit.equals("none")) {
                rates = RateLimits.NONE;
                continue;
            }
            final int equals = limit.indexOf('=');
            if (equals < 0) {
                throw new ConfigException("--limit is 'none' or NAME=RATE or NAME=RATE/BURST, not '" + limit + "'");
            }
            try {
                rates = rates.with(limit.substring(0, equals), RateLimit.parse(limit.substring(equals + 1)));
            } catch (final IllegalArgumentException e) {
                throw new ConfigException("--limit: " + e.getMessage());
            }
        }
        return rates;
    }
}
