// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.poolswitch.megaco.MegacoDecoder;
import org.poolswitch.megaco.MegacoEncoder;
import org.poolswitch.megaco.MegacoMessage;
import org.poolswitch.megaco.Mid;
import org.poolswitch.megaco.TextStyle;
import org.poolswitch.megaco.Transaction;
import org.poolswitch.ras.PerWriter;

/** What the dialogues of all calls share: our names, the numbers of requests, the codecs. */
final class DialogueTools {
    private static final int MOST_SEQUENCE = 65_535;
    private static final int MOST_REFERENCE = 32_767;
    private static final long MOST_TRANSACTION = 0xffffffffL;

    private final Mid mid;
    private final String endpointIdentifier;
    private final byte[] mediaPool;
    private final PerWriter rasWriter = new PerWriter();
    private final MegacoEncoder megacoEncoder = new MegacoEncoder(TextStyle.COMPACT);
    private final MegacoDecoder megacoDecoder = new MegacoDecoder();
    private int sequence;
    private int reference;
    private long transaction;

    /**
     * @param random where transaction identifiers begin, so that a restarted controller does not repeat those of its
     *               former self within a media gateway's memory (RFC 3525 annex D.1.4)
     */
    DialogueTools(final Mid mid, final int element, final String trunkGroup, final RandomGenerator random) {
        this.mid = mid;
        this.endpointIdentifier = "gwc-" + Integer.toHexString(element);
        this.mediaPool = ("mg." + trunkGroup).getBytes(StandardCharsets.US_ASCII);
        this.sequence = random.nextInt(MOST_SEQUENCE);
        this.reference = random.nextInt(MOST_REFERENCE);
        this.transaction = random.nextInt() & 0x7fffffffL;
    }

    /** RAS requestSeqNum, 1 to 65535. */
    int nextSequence() {
        sequence = sequence % MOST_SEQUENCE + 1;
        return sequence;
    }

    /** RAS callReferenceValue, 1 to 32767; also the RequestID of a call's events. */
    int nextReference() {
        reference = reference % MOST_REFERENCE + 1;
        return reference;
    }

    /** H.248 TransactionID. */
    long nextTransaction() {
        transaction = transaction % MOST_TRANSACTION + 1;
        return transaction;
    }

    /** Our name towards gatekeepers. */
    String endpointIdentifier() {
        return endpointIdentifier;
    }

    /** A message of ours to a media gateway. */
    byte[] encode(final Transaction transaction) {
        return megacoEncoder.encode(MegacoMessage.of(mid, transaction));
    }

    byte[] mediaPool() {
        return mediaPool;
    }

    PerWriter rasWriter() {
        return rasWriter;
    }

    MegacoDecoder megacoDecoder() {
        return megacoDecoder;
    }
}
