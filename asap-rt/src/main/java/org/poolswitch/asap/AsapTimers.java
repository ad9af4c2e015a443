// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

/**
 * Times and tries of ASAP (RFC 5352 section 6). All times are nanoseconds.
 *
 * @param t1RequestNs             T1-ENRPrequest: how long a handle resolution waits for its answer
 * @param t2RegistrationNs        T2-registration: how long a registration waits
 * @param t3DeregistrationNs      T3-deregistration: how long a deregistration waits
 * @param t4ReregistrationNs      T4-reregistration: how often a registration is renewed
 * @param t5ServerHuntNs          T5-Serverhunt: how long one registrar is given to accept an association
 * @param huntBackoffNs           first pause after every registrar was tried in vain; doubles
 * @param retranMaxNs             RETRAN-MAX: the longest such pause
 * @param maxRequestRetransmit    MAX-REQUEST-RETRANSMIT: repetitions of a handle resolution at one registrar
 * @param maxRegistrationAttempts MAX-REG-ATTEMPT: registrations sent to one registrar before another is hunted
 * @param registrationLifeNs      registration life told to the registrar; more than T4, so that one loss does no harm
 * @param staleCacheNs            stale.cache.value: age at which a resolved pool is asked for again, in the background
 * @param retryNs                 first pause before an empty, unknown or failed pool is asked for again; doubles
 * @param retryMaxNs              the longest such pause
 * @param connectTimeoutNs        how long an element is given to accept an association before the next is tried
 * @param banNs                   how long a lost element is passed over although the registrar still lists it
 * @param streamReuseNs           how long a closed session's stream rests, so that late messages meet nobody
 * @param loadReportNs            shortest time between two registrations that only report load
 */
public record AsapTimers(long t1RequestNs, long t2RegistrationNs, long t3DeregistrationNs, long t4ReregistrationNs,
    long t5ServerHuntNs, long huntBackoffNs, long retranMaxNs, int maxRequestRetransmit, int maxRegistrationAttempts,
    long registrationLifeNs, long staleCacheNs, long retryNs, long retryMaxNs, long connectTimeoutNs, long banNs,
    long streamReuseNs, long loadReportNs) {

    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;

    public AsapTimers {
        positive(t1RequestNs, "T1-ENRPrequest");
        positive(t2RegistrationNs, "T2-registration");
        positive(t3DeregistrationNs, "T3-deregistration");
        positive(t4ReregistrationNs, "T4-reregistration");
        positive(t5ServerHuntNs, "T5-Serverhunt");
        positive(huntBackoffNs, "the hunt's back-off");
        positive(staleCacheNs, "stale.cache.value");
        positive(retryNs, "the retry pause of resolution");
        positive(connectTimeoutNs, "the connect time-out");
        positive(banNs, "the ban of a lost element");
        if (streamReuseNs < 0 || loadReportNs < 0) {
            throw new IllegalArgumentException("the rest of a stream and the pause between load reports are not "
                + "negative");
        }
        if (maxRequestRetransmit < 0 || maxRegistrationAttempts < 1) {
            throw new IllegalArgumentException("MAX-REQUEST-RETRANSMIT is at least 0 and MAX-REG-ATTEMPT at least 1");
        }
        if (retranMaxNs < huntBackoffNs || retryMaxNs < retryNs) {
            throw new IllegalArgumentException("a longest pause is not shorter than the first one");
        }
        if (registrationLifeNs <= t4ReregistrationNs + t2RegistrationNs) {
            throw new IllegalArgumentException("the registration life must outlast T4-reregistration and one "
                + "T2-registration, or a registration expires before it is renewed");
        }
        if (registrationLifeNs / MS > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the registration life fits 31 bits of milliseconds");
        }
    }

    private static void positive(final long value, final String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be longer than 0: " + value);
        }
    }

    /** Telephone grade: a caller waits at most a few seconds, and nodes are milliseconds apart. The default. */
    public static AsapTimers carrier() {
        return new AsapTimers(250 * MS, 500 * MS, 500 * MS, 5 * SECOND, 500 * MS, 50 * MS, 2 * SECOND, 2, 2,
            20 * SECOND, SECOND, 50 * MS, SECOND, 500 * MS, 2 * SECOND, SECOND, 250 * MS);
    }

    /** The defaults of RFC 5352 section 6 where it gives one; RSPLIB's or the carrier profile's where not. */
    public static AsapTimers rfc() {
        return new AsapTimers(15 * SECOND, 30 * SECOND, 30 * SECOND, 600 * SECOND, 10 * SECOND, 10 * SECOND,
            60 * SECOND, 2, 2, 680 * SECOND, 30 * SECOND, 250 * MS, 30 * SECOND, 5 * SECOND, 30 * SECOND, SECOND,
            SECOND);
    }
}
