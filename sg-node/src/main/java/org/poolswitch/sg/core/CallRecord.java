// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

/** What became of one call. Times are nanoseconds of the monotonic clock, 0 = did not happen. */
public final class CallRecord {
    public final long index;
    public final int cic;
    public final String called;
    public final long intendedNs;
    public long sentNs;
    public long acmNs;
    public long answerNs;
    public long releaseNs;
    public long endNs;
    public int cause;
    public int failovers;
    public CallOutcome outcome;

    CallRecord(final CallRequest request, final int cic) {
        this.index = request.index();
        this.cic = cic;
        this.called = request.called();
        this.intendedNs = request.intendedNs();
    }

    /** Header of {@link #csv}. */
    public static String csvHeader() {
        return "called,index,cic,intended_ns,sent_ns,acm_ns,answer_ns,release_ns,end_ns,cause,failovers,outcome";
    }

    /** One line of a table; the called number first, for it names the call. */
    public String csv() {
        return called + "," + index + "," + cic + "," + intendedNs + "," + sentNs + "," + acmNs + "," + answerNs + ","
            + releaseNs + "," + endNs + "," + cause + "," + failovers + "," + outcome;
    }
}
