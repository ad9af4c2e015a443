// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import java.util.ArrayList;
import java.util.List;
import org.poolswitch.sctp.PathState;
import org.poolswitch.sctp.UndeliveredMessage;

/** Says what was wrong with a run: sentences, none if all was right. */
final class Referee {
    private final List<String> complaints = new ArrayList<>();

    /** One more condition that must hold. */
    Referee demand(final boolean holds, final String otherwise) {
        if (!holds) {
            complaints.add(otherwise);
        }
        return this;
    }

    /** Everything arrived, once and as it was sent, and both said goodbye. */
    Referee whole(final PatternNode node, final PatternNode.End end, final int messages, final String summary) {
        return demand(node.accepted() == messages, "we sent " + node.accepted() + " of " + messages)
            .demand(node.verdict().messages() == messages, "of " + messages + " " + node.verdict())
            .clean(node.verdict())
            .demand(end.cause() == org.poolswitch.sctp.DownCause.SHUTDOWN, "our end: " + end.cause())
            .demand(end.undelivered().isEmpty(), end.undelivered().size() + " messages came back")
            .demand(count(summary, "received") == messages && count(summary, "sent") == messages,
                "theirs is not whole: " + summary)
            .demand(TheirSide.value(summary, "end").equals("shutdown"), "their end: " + summary)
            .theirsClean(summary);
    }

    Referee clean(final Verdict verdict) {
        return demand(verdict.isClean(), "ours is not clean: " + verdict);
    }

    Referee theirsClean(final String summary) {
        return demand(count(summary, "wrong") + count(summary, "out_of_order") + count(summary, "doubled") == 0,
            "theirs is not clean: " + summary);
    }

    /** What came back is what was sent, in that order, each once. */
    Referee handedBack(final Pattern sent, final int accepted, final List<UndeliveredMessage> undelivered) {
        int last = -1;
        for (final UndeliveredMessage m : undelivered) {
            final int number = m.ppid() - Pattern.PPID_BASE;
            demand(number > last && number < accepted, "message " + number + " came back after " + last);
            demand(sent.is(number, m.stream(), m.unordered(), m.payload(), 0, m.payload().length),
                "message " + number + " came back changed");
            last = number;
        }
        return this;
    }

    /** A path was noticed to be down. */
    Referee pathDown(final PathState state) {
        return demand(state != null && state.compareTo(PathState.POTENTIALLY_FAILED) >= 0,
            "the cut path was never worse than " + state);
    }

    private static long count(final String summary, final String key) {
        return Long.parseLong(TheirSide.value(summary, key));
    }

    /** What was wrong; empty: nothing. */
    String verdict() {
        return String.join("; ", complaints.subList(0, Math.min(8, complaints.size())));
    }
}
