// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import java.util.List;
import org.poolswitch.sctp.SctpAddress;

/**
 * Everything that can be set about a node's ASAP stack.
 *
 * @param registrars        registrars to hunt through, in this order; may be empty for a node that only tests itself
 * @param localAddress      where users reach our element: hosts and SCTP port that are registered; null = the
 *                          endpoint's own address
 * @param encapsulationPort UDP port at which elements are reached (RFC 6951), one for the deployment; 0 for kernel SCTP
 * @param timers            times and tries
 * @param suspicion         how death and our own pauses are noticed
 * @param bounds            limits
 * @param businessCard      whether our element tells users, when they come, which elements it wants to be replaced by
 *                          (BUSINESS_CARD, RFC 5352 section 2.2.14). Cards received are always honoured
 */
public record AsapConfig(List<SctpAddress> registrars, SctpAddress localAddress, int encapsulationPort,
    AsapTimers timers, AsapSuspicion suspicion, AsapBounds bounds, boolean businessCard) {

    public AsapConfig {
        registrars = List.copyOf(registrars);
        if (timers == null || suspicion == null || bounds == null) {
            throw new IllegalArgumentException("timers, suspicion and bounds are all needed");
        }
        if (encapsulationPort < 0 || encapsulationPort > 65535) {
            throw new IllegalArgumentException("the encapsulation port is 1 to 65535, or 0 for kernel SCTP: "
                + encapsulationPort);
        }
        if (suspicion.deadAfterNs() > bounds.queueAgeNs()) {
            throw new IllegalArgumentException("a call in set-up would give up before its dead element is replaced: "
                + "deadAfter is longer than queueAge");
        }
    }

    /** The default profile: telephone-grade timers. */
    public static AsapConfig carrier(final List<SctpAddress> registrars, final SctpAddress localAddress,
        final int encapsulationPort) {
        return new AsapConfig(registrars, localAddress, encapsulationPort, AsapTimers.carrier(),
            AsapSuspicion.carrier(), AsapBounds.standard(), false);
    }

    /** The standards' defaults: slow to give up. Messages wait as long as its timers want. */
    public static AsapConfig rfc(final List<SctpAddress> registrars, final SctpAddress localAddress,
        final int encapsulationPort) {
        return new AsapConfig(registrars, localAddress, encapsulationPort, AsapTimers.rfc(), AsapSuspicion.rfc(),
            AsapBounds.standard().withAges(60_000_000_000L, 120_000_000_000L), false);
    }

    /** The same with other times and tries. */
    public AsapConfig withTimers(final AsapTimers other) {
        return new AsapConfig(registrars, localAddress, encapsulationPort, other, suspicion, bounds, businessCard);
    }

    /** The same with another way to notice death. */
    public AsapConfig withSuspicion(final AsapSuspicion other) {
        return new AsapConfig(registrars, localAddress, encapsulationPort, timers, other, bounds, businessCard);
    }

    /** The same with other limits. */
    public AsapConfig withBounds(final AsapBounds other) {
        return new AsapConfig(registrars, localAddress, encapsulationPort, timers, suspicion, other, businessCard);
    }

    /** The same with business cards sent, or not. */
    public AsapConfig withBusinessCard(final boolean send) {
        return new AsapConfig(registrars, localAddress, encapsulationPort, timers, suspicion, bounds, send);
    }
}
