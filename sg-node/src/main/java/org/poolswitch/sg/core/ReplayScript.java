// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.poolswitch.isup.IsupMessage;
import org.poolswitch.isup.IsupType;
import org.poolswitch.m3ua.M3ua;
import org.poolswitch.m3ua.M3uaData;
import org.poolswitch.observe.CapturedPacket;
import org.poolswitch.observe.SctpData;
import org.poolswitch.observe.SctpDataExtractor;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SctpAddress;

/** Finds the calls in a capture of M3UA over SCTP, by circuit and point codes; who sent the IAM is forward. */
public final class ReplayScript {
    private record Key(int low, int high, int cic) {
    }

    private static final class Open {
        private int opc;
        private int dpc;
        private final List<ReplayCall.Step> steps = new ArrayList<>();
    }

    private ReplayScript() {
    }

    /** The calls, in the order of their IAMs; step times are relative to the first IAM of all. */
    public static List<ReplayCall> of(final List<CapturedPacket> packets) {
        final List<ReplayCall> calls = new ArrayList<>();
        final Map<Key, Open> open = new LinkedHashMap<>();
        long origin = -1;
        for (final SctpData message : SctpDataExtractor.extract(packets, SctpAddress.DEFAULT_ENCAPSULATION_PORT)) {
            final M3uaData data = isup(message);
            if (data == null) {
                continue;
            }
            final IsupType type = IsupType.of(data.userData()[2]);
            final int cic = IsupMessage.cic(data.userData(), 0, data.userData().length);
            final Key key = new Key(Math.min(data.opc(), data.dpc()), Math.max(data.opc(), data.dpc()), cic);
            if (type == IsupType.IAM) {
                close(calls, open.remove(key), cic);
                final Open call = new Open();
                call.opc = data.opc();
                call.dpc = data.dpc();
                open.put(key, call);
                origin = origin < 0 ? message.timeNs() : origin;
            }
            final Open call = open.get(key);
            if (call != null && type != null) {
                call.steps.add(new ReplayCall.Step(message.timeNs() - origin, data.opc() == call.opc, type,
                    data.userData()));
                if (type == IsupType.RLC) {
                    close(calls, open.remove(key), cic);
                }
            }
        }
        // calls without an RLC were cut off by the capture's end: they have no end to wait for
        calls.sort((a, b) -> Long.compare(a.steps().get(0).atNs(), b.steps().get(0).atNs()));
        return calls;
    }

    private static void close(final List<ReplayCall> calls, final Open call, final int cic) {
        if (call != null && call.steps.get(call.steps.size() - 1).type() == IsupType.RLC) {
            calls.add(new ReplayCall(call.opc, call.dpc, cic, call.steps));
        }
    }

    private static M3uaData isup(final SctpData message) {
        if (message.ppid() != M3ua.PPID) {
            return null;
        }
        try {
            final M3uaData data = M3uaData.decode(message.payload(), 0, message.payload().length);
            return data.si() == M3ua.SI_ISUP && data.userData().length >= 3 ? data : null;
        } catch (final MalformedException e) {
            return null;
        }
    }
}
