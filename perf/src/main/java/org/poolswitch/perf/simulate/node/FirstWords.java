// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.node;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.enrp.wire.EnrpError;
import org.poolswitch.enrp.wire.EnrpMessage;
import org.poolswitch.enrp.wire.HandleTableRequest;
import org.poolswitch.enrp.wire.HandleTableResponse;
import org.poolswitch.enrp.wire.HandleUpdate;
import org.poolswitch.enrp.wire.InitTakeover;
import org.poolswitch.enrp.wire.InitTakeoverAck;
import org.poolswitch.enrp.wire.ListRequest;
import org.poolswitch.enrp.wire.ListResponse;
import org.poolswitch.enrp.wire.Presence;
import org.poolswitch.enrp.wire.TakeoverServer;
import org.poolswitch.rserpool.ErrorCause;
import org.poolswitch.rserpool.OperationError;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PeIdentifier;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.rserpool.ServerInformation;
import org.poolswitch.rserpool.TransportParameter;

/** Messages of each type that a stranger may say of its own: good ones. */
final class FirstWords {
    private static final int LONGEST = 2048;
    private static final int LIFE_MS = 60_000;

    private FirstWords() {
    }

    private static byte[] asap(final int type, final int flags, final Consumer<ParameterWriter> body) {
        final ParameterWriter out = new ParameterWriter(LONGEST).message(type, flags);
        body.accept(out);
        return Arrays.copyOf(out.buffer(), out.finish());
    }

    private static byte[] enrp(final EnrpMessage message) {
        final ParameterWriter out = new ParameterWriter(LONGEST);
        message.write(out);
        return Arrays.copyOf(out.buffer(), out.finish());
    }

    /** Enters all of them, as {@code host} says them. */
    static void enter(final SampleBook book, final InetAddress host) {
        for (final String pool : List.of("mad", "gwc", "gk", "mg.tg1")) {
            asap(book, PoolHandle.of(pool), host);
        }
        for (final int sender : new int[] {0x66, 0x67, 0x68}) {
            enrp(book, sender, host);
        }
    }

    private static void asap(final SampleBook book, final PoolHandle handle, final InetAddress host) {
        final PolicyParameter policy = PolicyParameter.of(PolicyType.WEIGHTED_RANDOM, 3);
        for (final TransportParameter transport : List.of(TransportParameter.sctp(2905,
            TransportParameter.DATA_PLUS_CONTROL, List.of(host)), TransportParameter.opaque(new byte[8]),
            TransportParameter.of(ParameterType.TCP_TRANSPORT, 80, host), TransportParameter.dccp(5, 6, host))) {
            final PoolElementParameter element = new PoolElementParameter(handle.hashCode() | 1, 0, LIFE_MS,
                transport.octets(), policy.value());
            book.add(SampleBook.ASAP, asap(AsapType.REGISTRATION, 0, out -> {
                handle.write(out);
                element.write(out);
            }));
            book.add(SampleBook.ASAP, asap(AsapType.HANDLE_RESOLUTION_RESPONSE, 1, out -> {
                handle.write(out);
                policy.write(out);
                element.write(out);
            }));
            book.add(SampleBook.ASAP, asap(AsapType.BUSINESS_CARD, 0, out -> {
                handle.write(out);
                element.write(out);
            }));
        }
        for (final int type : new int[] {AsapType.DEREGISTRATION, AsapType.REGISTRATION_RESPONSE,
            AsapType.DEREGISTRATION_RESPONSE, AsapType.ENDPOINT_UNREACHABLE, AsapType.ENDPOINT_KEEP_ALIVE_ACK}) {
            book.add(SampleBook.ASAP, asap(type, 0, out -> {
                handle.write(out);
                PeIdentifier.write(out, handle.hashCode() | 1);
            }));
        }
        book.add(SampleBook.ASAP, asap(AsapType.HANDLE_RESOLUTION, 1, out -> {
            handle.write(out);
            out.begin(ParameterType.HANDLE_RESOLUTION_OPTION).word(7).end();
        }));
        book.add(SampleBook.ASAP, asap(AsapType.ENDPOINT_KEEP_ALIVE, 1, out -> handle.write(out.word(0x66))));
        book.add(SampleBook.ASAP, asap(AsapType.COOKIE, 0, out -> out.parameter(ParameterType.COOKIE, new byte[40])));
        book.add(SampleBook.ASAP, asap(AsapType.COOKIE_ECHO, 0,
            out -> out.parameter(ParameterType.COOKIE, new byte[40])));
        book.add(SampleBook.ASAP, asap(AsapType.ERROR, 0,
            OperationError.of(ErrorCause.UNRECOGNIZED_PARAMETER, new byte[8])::write));
        book.add(SampleBook.ASAP, asap(AsapType.SERVER_ANNOUNCE, 0, TransportParameter.sctp(3863, 0,
            List.of(host))::write));
    }

    private static void enrp(final SampleBook book, final int sender, final InetAddress host) {
        final TransportParameter transport = TransportParameter.sctp(9901, 0, List.of(host));
        final ServerInformation self = new ServerInformation(sender, transport);
        final PoolHandle handle = PoolHandle.of("mad" + sender);
        final PoolElementParameter element = new PoolElementParameter(5, sender, LIFE_MS, transport.octets(),
            PolicyParameter.of(PolicyType.ROUND_ROBIN).value(), transport.octets());
        for (final EnrpMessage message : List.of(new Presence(sender, 0, true, 0x1234, self),
            new Presence(sender, 0, false, Presence.NO_CHECKSUM, self), new ListRequest(sender, 0),
            new ListResponse(sender, 0, false, List.of(self, new ServerInformation(sender + 100, transport))),
            new HandleTableRequest(sender, 0, false), new HandleTableRequest(sender, 0, true),
            new HandleTableResponse(sender, 0, false, true, List.of(new HandleTableResponse.PoolEntry(handle,
                List.of(element)))),
            new HandleUpdate(sender, 0, true, HandleUpdate.ADD_PE, handle, element),
            new HandleUpdate(sender, 0, false, HandleUpdate.DEL_PE, handle, element),
            new InitTakeover(sender, 0, sender + 1), new InitTakeoverAck(sender, 0, sender + 1),
            new TakeoverServer(sender, 0, sender + 1),
            new EnrpError(sender, 0, OperationError.of(ErrorCause.UNRECOGNIZED_MESSAGE, new byte[8])))) {
            book.add(SampleBook.ENRP, enrp(message));
        }
    }
}
