// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import java.util.Arrays;
import org.poolswitch.runtime.MalformedException;

/** The hub of the codec: chooses the message, the messages do the rest. */
public final class RasCodec {
    /** Payload protocol identifier of H.323 over SCTP, as IANA lists it. */
    public static final int PPID = 13;

    private RasCodec() {
    }

    /**
     * Decodes one message. Kinds that have no class of their own come back as {@link OtherMessage}.
     *
     * @throws MalformedException for anything that is not a RAS message; nothing else is thrown
     */
    public static RasMessage decode(final byte[] buffer, final int offset, final int length)
        throws MalformedException {
        final PerReader in = new PerReader(buffer, offset, length);
        final int index = in.extensibleChoice(RasKind.ROOTS);
        final RasKind kind = RasKind.at(index);
        if (index < RasKind.ROOTS) {
            return decodeBody(kind, in);
        }
        final int mark = in.enterOpenType();
        final RasMessage message = kind == RasKind.REQUEST_IN_PROGRESS ? RequestInProgress.decode(in)
            : OtherMessage.decode(kind, in);
        in.leaveOpenType(mark);
        return message;
    }

    private static RasMessage decodeBody(final RasKind kind, final PerReader in) throws MalformedException {
        return switch (kind) {
            case ADMISSION_REQUEST -> AdmissionRequest.decode(in);
            case ADMISSION_CONFIRM -> AdmissionConfirm.decode(in);
            case ADMISSION_REJECT -> AdmissionReject.decode(in);
            case DISENGAGE_REQUEST -> DisengageRequest.decode(in);
            case DISENGAGE_CONFIRM -> DisengageConfirm.decode(in);
            case DISENGAGE_REJECT -> DisengageReject.decode(in);
            case BANDWIDTH_REQUEST -> BandwidthRequest.decode(in);
            case BANDWIDTH_CONFIRM -> BandwidthConfirm.decode(in);
            case BANDWIDTH_REJECT -> BandwidthReject.decode(in);
            case INFO_REQUEST -> InfoRequest.decode(in);
            case INFO_REQUEST_RESPONSE -> InfoRequestResponse.decode(in);
            case UNREGISTRATION_REQUEST -> UnregistrationRequest.decode(in);
            case UNKNOWN_MESSAGE_RESPONSE -> UnknownMessageResponse.decode(in);
            default -> OtherMessage.decode(kind, in);
        };
    }

    /**
     * What can still be known of a message that {@link #decode} refused: enough to answer it with XRS.
     *
     * @return kind and requestSeqNum, or null if not even those can be read
     */
    public static OtherMessage header(final byte[] buffer, final int offset, final int length) {
        try {
            final PerReader in = new PerReader(buffer, offset, length);
            final int index = in.extensibleChoice(RasKind.ROOTS);
            if (index >= RasKind.ROOTS) {
                in.enterOpenType();
            }
            return OtherMessage.decode(RasKind.at(index), in);
        } catch (final MalformedException e) {
            return null;
        }
    }

    /**
     * Encodes one message; {@code out} is reset first and then has it.
     *
     * @return the length
     * @throws IllegalArgumentException if a value is outside what the standard allows
     */
    public static int encode(final RasMessage message, final PerWriter out) {
        out.reset();
        final int index = message.kind().ordinal();
        out.extensibleChoice(index, RasKind.ROOTS);
        if (index < RasKind.ROOTS) {
            message.encodeBody(out);
        } else {
            out.openType(() -> message.encodeBody(out));
        }
        return out.octetsWritten();
    }

    /** Encodes one message into an array of its own. */
    public static byte[] encode(final RasMessage message) {
        final PerWriter out = new PerWriter();
        final int length = encode(message, out);
        return Arrays.copyOf(out.buffer(), length);
    }
}
