// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import org.poolswitch.sctp.Setting;

/**
 * What of {@link RegistrarConfig} operators set by name; the same values, and the same checks.
 *
 * @param keepAliveIntervalNs {@link RegistrarConfig#keepAliveIntervalNs}
 * @param keepAliveTimeoutNs  {@link RegistrarConfig#keepAliveTimeoutNs}
 * @param reportedTimeoutNs   {@link RegistrarConfig#reportedTimeoutNs}
 * @param maxBadPeReport      {@link RegistrarConfig#maxBadPeReport}
 * @param homeTimeoutNs       {@link ForeignLimits#homeTimeoutNs}
 * @param foreignMost         {@link ForeignLimits#mostAtOnce}
 * @param subscriptionsPerUser {@link SubscriptionLimits#maxPerUser}
 * @param subscriptionsMax    {@link SubscriptionLimits#maxTotal}
 * @param subscriptionIntervalNs {@link SubscriptionLimits#intervalNs}
 * @param elementsPerPass      {@link RegistrarConfig#elementsPerPass}
 * @param elementsPerAssociation {@link RegistrarConfig#elementsPerAssociation}
 * @param poolHandleOctets     {@link RegistrarConfig#poolHandleOctets}
 */
public record ElementTimers(
    @Setting("Keep.Alive.Interval") long keepAliveIntervalNs,
    @Setting("Keep.Alive.Timeout") long keepAliveTimeoutNs,
    @Setting("Reported.Timeout") long reportedTimeoutNs,
    @Setting("MAX-BAD-PE-REPORT") int maxBadPeReport,
    @Setting("Home.Timeout") long homeTimeoutNs,
    @Setting("Reported.Foreign.Max") int foreignMost,
    @Setting("Subscriptions.Per.User") int subscriptionsPerUser,
    @Setting("Subscriptions.Max") int subscriptionsMax,
    @Setting("Subscription.Interval") long subscriptionIntervalNs,
    @Setting("Elements.Per.Pass") int elementsPerPass,
    @Setting("Elements.Per.Association") int elementsPerAssociation,
    @Setting("Pool.Handle.Octets") int poolHandleOctets) {

    static ElementTimers of(final RegistrarConfig c) {
        return new ElementTimers(c.keepAliveIntervalNs(), c.keepAliveTimeoutNs(), c.reportedTimeoutNs(),
            c.maxBadPeReport(), c.foreign().homeTimeoutNs(), c.foreign().mostAtOnce(), c.subscriptions().maxPerUser(),
            c.subscriptions().maxTotal(), c.subscriptions().intervalNs(), c.elementsPerPass(),
            c.elementsPerAssociation(), c.poolHandleOctets());
    }

    RegistrarConfig in(final RegistrarConfig c) {
        return new RegistrarConfig(keepAliveIntervalNs, keepAliveTimeoutNs, reportedTimeoutNs, maxBadPeReport,
            c.handlespace(), c.maxHandleResolutionItems(), c.maxLifeMillis(), c.removeOnAssociationLoss(),
            c.checkAddresses(), c.minAddressScope(), c.rates(),
            new SubscriptionLimits(subscriptionsPerUser, subscriptionsMax, subscriptionIntervalNs),
            new ForeignLimits(homeTimeoutNs, foreignMost), elementsPerPass, elementsPerAssociation,
            poolHandleOctets);
    }
}
