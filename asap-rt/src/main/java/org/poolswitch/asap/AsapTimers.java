// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

import org.poolswitch.sctp.Setting;

/**
 * Times and tries of ASAP (RFC 5352 section 6), by the standard's names where it has them. All times are nanoseconds;
 * as text ({@link AsapSettings}) they have a unit.
 *
 * @param t1RequestNs             how long a handle resolution waits for its answer
 * @param t2RegistrationNs        how long a registration waits
 * @param t3DeregistrationNs      how long a deregistration waits
 * @param t4ReregistrationNs      how often a registration is renewed
 * @param t5ServerHuntNs          how long registrars are given to accept an association; doubles with every round in
 *                                vain, up to RETRAN-MAX
 * @param t6ServerAnnounceNs      how often a registrar announces itself
 * @param t7EnrpOutdateNs         how long an announced registrar is remembered without a new announcement
 * @param huntBackoffNs           first pause after every registrar was tried in vain; doubles
 * @param retranMaxNs             the longest such pause, and the longest T5
 * @param maxRequestRetransmit    repetitions of a handle resolution at one registrar
 * @param maxRegistrationAttempts registrations sent to one registrar before another is hunted
 * @param registrationLifeNs      registration life told to the registrar; more than T4, so that one loss does no harm
 * @param staleCacheNs            age at which a resolved pool is asked for again, in the background; 0 = every session
 *                                asks, and waits for the answer
 * @param hedgeNs                 a handle resolution that is not answered by then goes to a second registrar too, and
 *                                the first is probed; 0 = never
 * @param retryNs                 first pause before an empty, unknown or failed pool is asked for again; doubles
 * @param retryMaxNs              the longest such pause
 * @param connectTimeoutNs        how long an element is given to accept an association before the next is tried
 * @param banNs                   how long a lost element is passed over although the registrar still lists it
 * @param streamReuseNs           how long a closed session's stream rests, so that late messages meet nobody
 * @param loadReportNs            shortest time between two registrations that only report load
 */
public record AsapTimers(
    @Setting("T1-ENRPrequest") long t1RequestNs,
    @Setting("T2-registration") long t2RegistrationNs,
    @Setting("T3-deregistration") long t3DeregistrationNs,
    @Setting("T4-reregistration") long t4ReregistrationNs,
    @Setting("T5-Serverhunt") long t5ServerHuntNs,
    @Setting("T6-Serverannounce") long t6ServerAnnounceNs,
    @Setting("T7-ENRPoutdate") long t7EnrpOutdateNs,
    @Setting("Hunt.Pause") long huntBackoffNs,
    @Setting("RETRAN-MAX") long retranMaxNs,
    @Setting("MAX-REQUEST-RETRANSMIT") int maxRequestRetransmit,
    @Setting("MAX-REG-ATTEMPT") int maxRegistrationAttempts,
    @Setting("Registration.Life") long registrationLifeNs,
    @Setting("stale.cache.value") long staleCacheNs,
    @Setting("Hedge.After") long hedgeNs,
    @Setting("Resolution.Pause") long retryNs,
    @Setting("Resolution.Pause.Max") long retryMaxNs,
    @Setting("Connect.Timeout") long connectTimeoutNs,
    @Setting("Lost.Element.Ban") long banNs,
    @Setting("Stream.Rest") long streamReuseNs,
    @Setting("Load.Report") long loadReportNs) {

    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;

    public AsapTimers {
        positive(t1RequestNs, "T1-ENRPrequest");
        positive(t2RegistrationNs, "T2-registration");
        positive(t3DeregistrationNs, "T3-deregistration");
        positive(t4ReregistrationNs, "T4-reregistration");
        positive(t5ServerHuntNs, "T5-Serverhunt");
        positive(t6ServerAnnounceNs, "T6-Serverannounce");
        positive(huntBackoffNs, "Hunt.Pause");
        positive(retryNs, "Resolution.Pause");
        positive(connectTimeoutNs, "Connect.Timeout");
        positive(banNs, "Lost.Element.Ban");
        if (streamReuseNs < 0 || loadReportNs < 0 || staleCacheNs < 0 || hedgeNs < 0) {
            throw new IllegalArgumentException("stale.cache.value, Hedge.After, Stream.Rest and Load.Report are not "
                + "negative");
        }
        if (maxRequestRetransmit < 0 || maxRegistrationAttempts < 1) {
            throw new IllegalArgumentException("MAX-REQUEST-RETRANSMIT is at least 0 and MAX-REG-ATTEMPT at least 1");
        }
        if (retranMaxNs < huntBackoffNs || retranMaxNs < t5ServerHuntNs || retryMaxNs < retryNs) {
            throw new IllegalArgumentException("a longest pause is not shorter than the first one: RETRAN-MAX must be "
                + "at least Hunt.Pause and T5-Serverhunt, Resolution.Pause.Max at least Resolution.Pause");
        }
        if (t7EnrpOutdateNs < 2 * t6ServerAnnounceNs) {
            throw new IllegalArgumentException("T7-ENRPoutdate must outlast two T6-Serverannounce, or one lost "
                + "announcement makes a registrar unknown");
        }
        if (hedgeNs >= t1RequestNs) {
            throw new IllegalArgumentException("Hedge.After must be shorter than T1-ENRPrequest, or it has no effect");
        }
        if (registrationLifeNs <= t4ReregistrationNs + t2RegistrationNs) {
            throw new IllegalArgumentException("Registration.Life must outlast T4-reregistration and one "
                + "T2-registration, or a registration expires before it is renewed");
        }
        if (registrationLifeNs / MS > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("Registration.Life fits 31 bits of milliseconds");
        }
    }

    private static void positive(final long value, final String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be longer than 0: " + value);
        }
    }

    /** Telephone grade: a caller waits at most a few seconds, and nodes are milliseconds apart. The default. */
    public static AsapTimers carrier() {
        return new AsapTimers(250 * MS, 500 * MS, 500 * MS, 5 * SECOND, 500 * MS, SECOND, 5 * SECOND, 50 * MS,
            2 * SECOND, 2, 2, 20 * SECOND, SECOND, 10 * MS, 50 * MS, SECOND, 500 * MS, 2 * SECOND, SECOND, 250 * MS);
    }

    /** The defaults of RFC 5352 section 6 where it gives one; RSPLIB's or the carrier profile's where not. */
    public static AsapTimers rfc() {
        return new AsapTimers(15 * SECOND, 30 * SECOND, 30 * SECOND, 600 * SECOND, 10 * SECOND, SECOND, 5 * SECOND,
            10 * SECOND, 60 * SECOND, 2, 2, 680 * SECOND, 30 * SECOND, 0, 250 * MS, 30 * SECOND, 5 * SECOND,
            30 * SECOND, SECOND, SECOND);
    }

    /** The same with settings changed: {@code T1-ENRPrequest=50ms,...}. */
    public AsapTimers with(final String settings) {
        return AsapSettings.TIMERS.apply(this, settings);
    }
}
