// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.core;

import java.util.HashMap;
import java.util.Map;
import org.poolswitch.observe.Counters;
import org.poolswitch.ras.InfoRequest;
import org.poolswitch.ras.InfoRequestResponse;
import org.poolswitch.runtime.Deadlines;

/**
 * Asks controllers whether they still have the calls that are admitted (IRQ and IRR, H.225.0 section 7.15): one whose
 * DRQ was never answered, or never sent, would otherwise keep its admission as long as its controller lives.
 */
final class StatusInquiry {
    /** Sends an IRQ to whoever owns an admission. */
    interface Asker {
        void ask(int association, InfoRequest question);
    }

    private static final int MOST_NUMBER = 65_535;
    /** Questions without an answer at a time, far fewer than there are numbers for; more calls wait for their turn. */
    private static final int MOST_ASKED = 4_096;
    /** H.225.0 appendix: IRQ is repeated once. */
    private static final int TRIES = 2;

    private final GkConfig config;
    private final AdmissionTable admissions;
    private final Counters counters;
    private final Deadlines<Admission> due = new Deadlines<>();
    private final Map<Integer, Admission> asked = new HashMap<>();
    private int number;

    StatusInquiry(final GkConfig config, final AdmissionTable admissions, final Counters counters) {
        this.config = config;
        this.admissions = admissions;
        this.counters = counters;
    }

    /** Its controller has just spoken of it. */
    void confirmed(final Admission admission, final long nowNs) {
        forget(admission);
        if (config.statusIntervalNs() > 0) {
            admission.tries = 0;
            admission.dueNs = nowNs + config.statusIntervalNs();
            due.update(admission);
        }
    }

    /** It is over, or nobody is there who could be asked. */
    void forget(final Admission admission) {
        due.remove(admission);
        answered(admission);
    }

    private void answered(final Admission admission) {
        if (admission.question != 0) {
            asked.remove(admission.question);
            admission.question = 0;
        }
    }

    long nextDeadlineNs() {
        return due.nextNs();
    }

    void onDeadline(final Asker asker, final long nowNs) {
        for (Admission next = due.first(nowNs); next != null; next = due.first(nowNs)) {
            if (next.tries == TRIES) {
                end(next, GkCounter.STATUS_UNANSWERED);
            } else {
                ask(next, asker, nowNs);
            }
        }
    }

    private void ask(final Admission admission, final Asker asker, final long nowNs) {
        admission.dueNs = nowNs + config.statusAnswerNs();
        due.update(admission);
        if (admission.question == 0 && asked.size() >= MOST_ASKED) {
            return;
        }
        if (admission.question == 0) {
            admission.question = nextNumber();
            asked.put(admission.question, admission);
        }
        admission.tries++;
        counters.increment(GkCounter.STATUS_ASKED);
        asker.ask(admission.association, InfoRequest.of(admission.question, admission.callReference,
            admission.callIdentifier));
    }

    private int nextNumber() {
        do {
            number = number % MOST_NUMBER + 1;
        } while (asked.containsKey(number));
        return number;
    }

    /** @return false if nobody asked for that */
    boolean onResponse(final int association, final InfoRequestResponse irr, final long nowNs) {
        final Admission admission = asked.get(irr.requestSeqNum());
        if (admission == null || admission.association != association) {
            return false;
        }
        if (irr.hasCalls()) {
            confirmed(admission, nowNs);
        } else {
            end(admission, GkCounter.STATUS_ENDED);
        }
        return true;
    }

    private void end(final Admission admission, final GkCounter why) {
        counters.increment(why);
        forget(admission);
        admissions.remove(admission);
    }
}
