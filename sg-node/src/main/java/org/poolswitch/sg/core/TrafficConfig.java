// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

/**
 * The traffic that a generator offers.
 *
 * @param calls           how many calls, 0 = none
 * @param perSecond       mean rate
 * @param poisson         exponential gaps; otherwise even ones
 * @param calledPrefix    called numbers are this and the call's number, so that each is called once
 * @param calledDigits    digits after the prefix
 * @param calling         calling number
 * @param meanHoldNs      mean time between answer and the caller's release, exponential
 * @param callerReleases  share of callers that hang up first; the others wait for the called side
 * @param impatient       share of callers that give up before the answer
 * @param meanPatienceNs  mean time after which they do, exponential
 */
public record TrafficConfig(long calls, double perSecond, boolean poisson, String calledPrefix, int calledDigits,
    String calling, long meanHoldNs, double callerReleases, double impatient, long meanPatienceNs) {

    public TrafficConfig {
        if (calls < 0 || !(perSecond > 0) || perSecond > 1e6) {
            throw new IllegalArgumentException("calls are 0 or more, at more than 0 and at most a million a second");
        }
        if (!calledPrefix.matches("[0-9]*") || calledDigits < 0 || calledDigits > 20
            || calledPrefix.length() + calledDigits > 20 || calledPrefix.length() + calledDigits < 1) {
            throw new IllegalArgumentException("a called number, prefix and counted digits, is 1 to 20 digits");
        }
        if (!calling.matches("[0-9]{0,20}")) {
            throw new IllegalArgumentException("a calling number is at most 20 digits, not '" + calling + "'");
        }
        if (calledDigits < 19 && calls > Math.pow(10, calledDigits)) {
            throw new IllegalArgumentException(calledDigits + " digits cannot number " + calls + " calls");
        }
        if (!(callerReleases >= 0 && callerReleases <= 1) || !(impatient >= 0 && impatient <= 1)) {
            throw new IllegalArgumentException("shares are 0 to 1");
        }
        if (meanHoldNs <= 0 || meanPatienceNs <= 0) {
            throw new IllegalArgumentException("mean times are positive");
        }
    }
}
