// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import java.util.List;
import org.poolswitch.runtime.MalformedException;

/**
 * URQ: an endpoint leaves, or a gatekeeper tells it to (H.225.0 section 7.10).
 *
 * <pre>
 * UnregistrationRequest ::= SEQUENCE { requestSeqNum, callSignalAddress SEQUENCE OF TransportAddress,
 *     endpointAlias SEQUENCE OF AliasAddress OPTIONAL, nonStandardData OPTIONAL,
 *     endpointIdentifier BMPString (SIZE (1..128)) OPTIONAL, ... }
 * </pre>
 */
public record UnregistrationRequest(int requestSeqNum, List<TransportAddress> callSignalAddress,
    List<AliasAddress> endpointAlias, NonStandardParameter nonStandardData, String endpointIdentifier)
    implements RasMessage {

    public UnregistrationRequest {
        callSignalAddress = List.copyOf(callSignalAddress);
        endpointAlias = List.copyOf(endpointAlias);
    }

    @Override
    public RasKind kind() {
        return RasKind.UNREGISTRATION_REQUEST;
    }

    static UnregistrationRequest decode(final PerReader in) throws MalformedException {
        final boolean extended = in.bit();
        final boolean hasAlias = in.bit();
        final boolean hasNonStandard = in.bit();
        final boolean hasIdentifier = in.bit();
        final int number = in.constrainedInt(SEQUENCE_LEAST, SEQUENCE_MOST);
        final List<TransportAddress> addresses = TransportAddress.decodeList(in);
        final List<AliasAddress> aliases = hasAlias ? AliasAddress.decodeList(in) : List.of();
        final NonStandardParameter nonStandard = NonStandardParameter.decode(hasNonStandard, in);
        final String identifier = hasIdentifier ? in.bmpString(128) : null;
        in.skipExtensions(extended);
        return new UnregistrationRequest(number, addresses, aliases, nonStandard, identifier);
    }

    @Override
    public void encodeBody(final PerWriter out) {
        out.bit(false);
        out.bit(!endpointAlias.isEmpty());
        out.bit(nonStandardData != null);
        out.bit(endpointIdentifier != null);
        out.constrained(requestSeqNum, SEQUENCE_LEAST, SEQUENCE_MOST);
        TransportAddress.encodeList(callSignalAddress, out);
        if (!endpointAlias.isEmpty()) {
            AliasAddress.encodeList(endpointAlias, out);
        }
        NonStandardParameter.encode(nonStandardData, out);
        if (endpointIdentifier != null) {
            out.bmpString(endpointIdentifier, 128);
        }
    }
}
