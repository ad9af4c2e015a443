// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import java.net.InetSocketAddress;
import java.util.List;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.sctp.SctpAddress;

/**
 * Everything that can be set about a node's ASAP stack.
 *
 * @param registrars        registrars to hunt through; may be empty for a node that hears them announced, or only tests
 *                          itself
 * @param announceGroup     multicast group and UDP port on which registrars announce themselves (RFC 5352 section
 *                          2.2.10), or null to hear none
 * @param localAddress      where users reach our element: hosts and SCTP port that are registered; null = the
 *                          endpoint's own address
 * @param encapsulationPort UDP port at which elements are reached (RFC 6951), one for the deployment; 0 for kernel SCTP
 * @param timers            times and tries
 * @param suspicion         how death and our own pauses are noticed
 * @param bounds            limits
 * @param choices           what the standard leaves to us
 * @param policy            pool member selection policy and values with which our element joins its pools (RFC 5356);
 *                          null = the policy that the node has by itself, with weight or priority 1
 */
public record AsapConfig(List<SctpAddress> registrars, InetSocketAddress announceGroup, SctpAddress localAddress,
    int encapsulationPort, AsapTimers timers, AsapSuspicion suspicion, AsapBounds bounds, AsapChoices choices,
    PolicyParameter policy) {

    public AsapConfig {
        registrars = List.copyOf(registrars);
        if (timers == null || suspicion == null || bounds == null || choices == null) {
            throw new IllegalArgumentException("timers, suspicion, bounds and choices are all needed");
        }
        if (encapsulationPort < 0 || encapsulationPort > 65535) {
            throw new IllegalArgumentException("the encapsulation port is 1 to 65535, or 0 for kernel SCTP: "
                + encapsulationPort);
        }
        if (announceGroup != null && (announceGroup.getAddress() == null
            || !announceGroup.getAddress().isMulticastAddress())) {
            throw new IllegalArgumentException("registrars announce themselves in a multicast group, which "
                + announceGroup + " is not");
        }
        if (registrars.size() > bounds.registrars()) {
            throw new IllegalArgumentException("more registrars than Registrars.Max: " + registrars.size());
        }
        if (suspicion.deadAfterNs() > bounds.queueAgeNs()) {
            throw new IllegalArgumentException("a call in set-up would give up before its dead element is replaced: "
                + "Dead.After is longer than Queue.Age");
        }
    }

    /** The default profile: telephone-grade timers. */
    public static AsapConfig carrier(final List<SctpAddress> registrars, final SctpAddress localAddress,
        final int encapsulationPort) {
        return new AsapConfig(registrars, null, localAddress, encapsulationPort, AsapTimers.carrier(),
            AsapSuspicion.carrier(), AsapBounds.standard(), AsapChoices.carrier(), null);
    }

    /** The standards' defaults: slow to give up. Messages wait as long as its timers want. */
    public static AsapConfig rfc(final List<SctpAddress> registrars, final SctpAddress localAddress,
        final int encapsulationPort) {
        return new AsapConfig(registrars, null, localAddress, encapsulationPort, AsapTimers.rfc(), AsapSuspicion.rfc(),
            AsapBounds.standard().withAges(60_000_000_000L, 120_000_000_000L), AsapChoices.rfc(), null);
    }

    /** The same with settings changed by their names, see {@link AsapSettings#apply}. */
    public AsapConfig with(final String settings) {
        return AsapSettings.apply(this, settings);
    }

    /** The same for registrars that announce themselves in a group; null = none. */
    public AsapConfig withAnnounceGroup(final InetSocketAddress group) {
        return new AsapConfig(registrars, group, localAddress, encapsulationPort, timers, suspicion, bounds, choices,
            policy);
    }

    /** The same with an operator's policy for our element; null = the node's own. */
    public AsapConfig withPolicy(final PolicyParameter other) {
        return new AsapConfig(registrars, announceGroup, localAddress, encapsulationPort, timers, suspicion, bounds,
            choices, other);
    }

    /** The same with other times and tries. */
    public AsapConfig withTimers(final AsapTimers other) {
        return new AsapConfig(registrars, announceGroup, localAddress, encapsulationPort, other, suspicion, bounds,
            choices, policy);
    }

    /** The same with another way to notice death. */
    public AsapConfig withSuspicion(final AsapSuspicion other) {
        return new AsapConfig(registrars, announceGroup, localAddress, encapsulationPort, timers, other, bounds,
            choices, policy);
    }

    /** The same with other limits. */
    public AsapConfig withBounds(final AsapBounds other) {
        return new AsapConfig(registrars, announceGroup, localAddress, encapsulationPort, timers, suspicion, other,
            choices, policy);
    }

    /** The same with business cards sent, or not. */
    public AsapConfig withBusinessCard(final boolean send) {
        return with("Business.Card=" + (send ? "on" : "off"));
    }
}
