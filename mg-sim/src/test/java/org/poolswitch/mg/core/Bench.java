// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.poolswitch.megaco.ContextId;
import org.poolswitch.megaco.MegacoDecoder;
import org.poolswitch.megaco.MegacoMessage;
import org.poolswitch.megaco.MegacoSyntaxException;
import org.poolswitch.megaco.Mid;
import org.poolswitch.megaco.TransactionReply;

/** A gateway under test, with controllers A (association 1) and Z (association 2), and a clock turned by hand. */
final class Bench {
    static final long MS = 1_000_000L;
    static final String A = "[127.0.0.11]:2905";
    static final String Z = "[127.0.0.12]:2905";
    static final long RING = 20 * MS;
    static final long ANSWER = 300 * MS;

    final FakeElement element = new FakeElement();
    final MgCore core;
    long now = 1_000 * MS;

    Bench(final MgConfig config) {
        core = new MgCore(config, new Mid(Mid.Kind.IPV4, "127.0.0.5", 2944), new Random(5), listener -> element);
        core.start(now);
    }

    Bench() {
        this(config(CalledSide.answering(RING, ANSWER)));
    }

    static MgConfig config(final CalledSide habits) {
        return MgConfig.standard().withCalledSide(habits);
    }

    /** Both controllers connect; their announcements are taken off the table. */
    Bench connected() {
        core.onUserUp(1, now);
        core.onUserUp(2, now);
        for (int association = 1; association <= 2; association++) {
            final String sent = take(association, 0);
            say(association, 0, "!/1 " + (association == 1 ? A : Z) + "\nP="
                + sent.replaceAll("(?s).*T=([0-9]+).*", "$1") + "{C=-{SC=ROOT{SV{V=1}}}}");
        }
        assertThat(element.sent).isEmpty();
        return this;
    }

    void say(final int association, final int stream, final String text) {
        final byte[] octets = (".." + text).getBytes(StandardCharsets.ISO_8859_1);
        core.onUserMessage(association, stream, MegacoMessage.PPID, octets, 2, octets.length - 2, now);
    }

    /** Controller A or Z asks something on stream 7. */
    void ask(final String controller, final long id, final String actions) {
        say(controller.equals(A) ? 1 : 2, 7, "!/1 " + controller + "\nT=" + id + "{" + actions + "}");
    }

    /** Asks and takes the answer, without the head. */
    String answer(final String controller, final long id, final String actions) {
        ask(controller, id, actions);
        final String text = take(controller.equals(A) ? 1 : 2, 7);
        final String head = "!/1 [127.0.0.5]:2944\nP=" + id + "{";
        assertThat(text).startsWith(head);
        return text.substring(head.length(), text.length() - 1);
    }

    /** The oldest message sent, which must be for this association and stream. */
    String take(final int association, final int stream) {
        final FakeElement.Sent sent = element.sent.poll();
        assertThat(sent).as("something was sent").isNotNull();
        assertThat(sent.ppid()).isEqualTo(7);
        assertThat(sent.association()).as("association").isEqualTo(association);
        assertThat(sent.stream()).as("stream").isEqualTo(stream);
        return new String(sent.octets(), StandardCharsets.ISO_8859_1);
    }

    /** Makes the usual call for A and says which context it got. */
    ContextId call(final long id, final int trunk, final String digits) {
        final String text = answer(A, id, "C=${A=tdm/" + trunk + "{M{O{MO=SR}}},A=line/" + digits
            + "{E=" + id + "{cd/rt,cd/bt,al/of,al/on},SG{al/ri}}}");
        assertThat(text).matches("C=[0-9]+\\{A=tdm/" + trunk + ",A=line/" + digits + "}");
        return ContextId.of(Long.parseLong(text.substring(2, text.indexOf('{'))));
    }

    /** Turns the clock, firing what is due on the way. */
    void turn(final long ns) {
        final long to = now + ns;
        while (core.nextDeadlineNs() <= to) {
            now = Math.max(now, core.nextDeadlineNs());
            core.onDeadline(now);
        }
        now = to;
    }

    /** Answers a Notify as a controller does. */
    void acknowledge(final String controller, final String notify) {
        final String id = notify.replaceAll("(?s).*T=([0-9]+).*", "$1");
        say(controller.equals(A) ? 1 : 2, 7, "!/1 " + controller + "\nP=" + id + "{C=1{N=line/1}}");
    }

    /** Takes all that was sent and decodes the replies among it. */
    List<TransactionReply> replies() throws MegacoSyntaxException {
        final List<TransactionReply> replies = new ArrayList<>();
        while (!element.sent.isEmpty()) {
            final byte[] octets = element.sent.poll().octets();
            final MegacoMessage message = new MegacoDecoder().decode(octets, 0, octets.length);
            if (!message.transactions().isEmpty() && message.transactions().get(0) instanceof TransactionReply reply) {
                replies.add(reply);
            }
        }
        return replies;
    }

    long count(final MgCounter counter) {
        return core.counters().get(counter);
    }
}
