// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

/** One RAS message. Absent optional elements are null, absent optional lists are empty. */
public sealed interface RasMessage permits AdmissionRequest, AdmissionConfirm, AdmissionReject, DisengageRequest,
    DisengageConfirm, DisengageReject, BandwidthRequest, BandwidthConfirm, BandwidthReject, InfoRequest,
    InfoRequestResponse, UnregistrationRequest, RequestInProgress, UnknownMessageResponse, OtherMessage {

    /** Least value of RequestSeqNum ::= INTEGER (1..65535). */
    int SEQUENCE_LEAST = 1;
    /** Greatest value of RequestSeqNum. */
    int SEQUENCE_MOST = 65535;

    /** Which message. */
    RasKind kind();

    /** Pairs answers with requests. */
    int requestSeqNum();

    /** Writes everything after the choice of message. {@link RasCodec} is the way in. */
    void encodeBody(PerWriter out);
}
