// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.core;

import org.poolswitch.rserpool.ChecksumRule;
import org.poolswitch.rserpool.HandlespaceLimits;
import org.poolswitch.rserpool.PoolHandle;

/**
 * A registrar's settings for its elements and users (ASAP).
 *
 * @param keepAliveIntervalNs  how often an element is asked whether it lives, give or take half (RFC 5352 section 3.5)
 * @param keepAliveTimeoutNs   how long it may take to answer
 * @param reportedTimeoutNs    the same when more than MAX-BAD-PE-REPORT users say that it is gone; never shorter than
 *                             a healthy element needs
 * @param maxBadPeReport       MAX-BAD-PE-REPORT: users whose unreachable reports are not believed yet
 * @param handlespace          how large the handlespace may become
 * @param maxHandleResolutionItems elements named in one answer, 1 to 128
 * @param maxLifeMillis        longest registration life granted
 * @param removeOnAssociationLoss whether the end of an element's association removes it at once: the fast way to notice
 *                             a dead process
 * @param checkAddresses       whether an element may only name addresses that its association has (RFC 5352 section
 *                             3.1)
 * @param minAddressScope      elements with addresses of a smaller scope are refused
 * @param rates                what one user or element may ask
 * @param subscriptions        bounds of subscriptions to pools
 * @param foreign              what is done about reported elements of other registrars
 * @param elementsPerPass      elements whose time is up that are looked at in one pass of the loop; the rest in the
 *                             next, after what came in meanwhile, so that a million elements taken over do not stop it
 * @param elementsPerAssociation elements that one association may register, so that nobody takes all the room
 * @param poolHandleOctets     longest handle of a pool that elements may register in; RSPLIB's registrars take 32
 */
public record RegistrarConfig(long keepAliveIntervalNs, long keepAliveTimeoutNs, long reportedTimeoutNs,
    int maxBadPeReport, HandlespaceLimits handlespace, int maxHandleResolutionItems, int maxLifeMillis,
    boolean removeOnAssociationLoss, boolean checkAddresses, AddressScope minAddressScope, RateLimits rates,
    SubscriptionLimits subscriptions, ForeignLimits foreign, int elementsPerPass,
    int elementsPerAssociation, int poolHandleOctets) {
    /** Elements in an answer at most: what RSPLIB can take. */
    public static final int MOST_ITEMS = 128;
    private static final long MS = 1_000_000L;
    private static final int PER_PASS = 64;
    private static final int PER_ASSOCIATION = 1_000_000;
    private static final HandlespaceLimits SPACE = new HandlespaceLimits(100_000, 1_000_000, 1_000_000, 4096, 0,
        ChecksumRule.RFC);

    public RegistrarConfig {
        if (keepAliveTimeoutNs <= 0 || keepAliveIntervalNs <= keepAliveTimeoutNs) {
            throw new IllegalArgumentException("Keep.Alive.Interval must be longer than Keep.Alive.Timeout");
        }
        if (reportedTimeoutNs <= 0 || reportedTimeoutNs > keepAliveTimeoutNs) {
            throw new IllegalArgumentException("Reported.Timeout is more than 0 and at most Keep.Alive.Timeout");
        }
        if (maxBadPeReport < 1) {
            throw new IllegalArgumentException("MAX-BAD-PE-REPORT is 1 or more");
        }
        if (maxHandleResolutionItems < 1 || maxHandleResolutionItems > MOST_ITEMS) {
            throw new IllegalArgumentException("an answer names 1 to " + MOST_ITEMS + " elements, not "
                + maxHandleResolutionItems);
        }
        if (elementsPerPass < 1) {
            throw new IllegalArgumentException("Elements.Per.Pass is 1 or more");
        }
        if (elementsPerAssociation < 1) {
            throw new IllegalArgumentException("Elements.Per.Association is 1 or more");
        }
        if (poolHandleOctets < 1 || poolHandleOctets > PoolHandle.LONGEST) {
            throw new IllegalArgumentException("Pool.Handle.Octets is 1 to " + PoolHandle.LONGEST + ", not "
                + poolHandleOctets);
        }
        if (maxLifeMillis < 1000) {
            throw new IllegalArgumentException("a registration must be allowed to live for a second");
        }
    }

    /** Telephone-grade: a dead element is gone within a second even if nobody reports it. */
    public static RegistrarConfig carrier() {
        return new RegistrarConfig(1_000 * MS, 400 * MS, 100 * MS, 3, SPACE, MOST_ITEMS, 3_600_000, true, true,
            AddressScope.LOOPBACK, RateLimits.DEFAULT, SubscriptionLimits.CARRIER, ForeignLimits.CARRIER, PER_PASS,
            PER_ASSOCIATION, PoolHandle.LONGEST);
    }

    /** Calm timers, as the reference implementation has them. */
    public static RegistrarConfig rfc() {
        return new RegistrarConfig(10_000 * MS, 5_000 * MS, 1_000 * MS, 3, SPACE, MOST_ITEMS, 3_600_000, true, true,
            AddressScope.LOOPBACK, RateLimits.DEFAULT, SubscriptionLimits.RFC, ForeignLimits.RFC, PER_PASS,
            PER_ASSOCIATION, PoolHandle.LONGEST);
    }

    /** The same with other limits on what one user or element may ask. */
    public RegistrarConfig withRates(final RateLimits other) {
        return new RegistrarConfig(keepAliveIntervalNs, keepAliveTimeoutNs, reportedTimeoutNs, maxBadPeReport,
            handlespace, maxHandleResolutionItems, maxLifeMillis, removeOnAssociationLoss, checkAddresses,
            minAddressScope, other, subscriptions, foreign, elementsPerPass, elementsPerAssociation,
            poolHandleOctets);
    }

    /** The same with other keep-alive times. */
    public RegistrarConfig withKeepAlive(final long intervalNs, final long timeoutNs) {
        return new RegistrarConfig(intervalNs, timeoutNs, Math.min(reportedTimeoutNs, timeoutNs), maxBadPeReport,
            handlespace, maxHandleResolutionItems, maxLifeMillis, removeOnAssociationLoss, checkAddresses,
            minAddressScope, rates, subscriptions, foreign, elementsPerPass, elementsPerAssociation,
            poolHandleOctets);
    }

    /** The same with other bounds of the handlespace. */
    public RegistrarConfig withHandlespace(final HandlespaceLimits other) {
        return new RegistrarConfig(keepAliveIntervalNs, keepAliveTimeoutNs, reportedTimeoutNs, maxBadPeReport,
            other, maxHandleResolutionItems, maxLifeMillis, removeOnAssociationLoss, checkAddresses,
            minAddressScope, rates, subscriptions, foreign, elementsPerPass, elementsPerAssociation,
            poolHandleOctets);
    }

    /** The same with another rule for elements' addresses. */
    public RegistrarConfig withAddresses(final boolean check, final AddressScope minScope) {
        return new RegistrarConfig(keepAliveIntervalNs, keepAliveTimeoutNs, reportedTimeoutNs, maxBadPeReport,
            handlespace, maxHandleResolutionItems, maxLifeMillis, removeOnAssociationLoss, check, minScope, rates,
            subscriptions, foreign, elementsPerPass, elementsPerAssociation,
            poolHandleOctets);
    }

    /** The same with other bounds for what is done about reported elements of other registrars. */
    public RegistrarConfig withForeign(final ForeignLimits other) {
        return new RegistrarConfig(keepAliveIntervalNs, keepAliveTimeoutNs, reportedTimeoutNs, maxBadPeReport,
            handlespace, maxHandleResolutionItems, maxLifeMillis, removeOnAssociationLoss, checkAddresses,
            minAddressScope, rates, subscriptions, other, elementsPerPass, elementsPerAssociation,
            poolHandleOctets);
    }

    /** The same with other MaxHandleResolutionItems. */
    public RegistrarConfig withMaxItems(final int items) {
        return new RegistrarConfig(keepAliveIntervalNs, keepAliveTimeoutNs, reportedTimeoutNs, maxBadPeReport,
            handlespace, items, maxLifeMillis, removeOnAssociationLoss, checkAddresses, minAddressScope, rates,
            subscriptions, foreign, elementsPerPass, elementsPerAssociation,
            poolHandleOctets);
    }
}
