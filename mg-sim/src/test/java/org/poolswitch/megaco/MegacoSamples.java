// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One message of every kind that a call, a failover, a restart and an audit put on the wire. */
final class MegacoSamples {
    static final Mid GWC = new Mid(Mid.Kind.IPV4, "127.0.0.11", 2905);
    static final Mid MG = new Mid(Mid.Kind.IPV4, "127.0.0.5", 2944);
    static final TerminationId TRUNK = TerminationId.of("tdm/5");
    static final TerminationId LINE = TerminationId.of("line/15551234");
    /** Legal constructs that tshark 4.0 takes for errors; our nodes do not send them. */
    static final Set<String> UNKNOWN_TO_TSHARK = Set.of("audited-empty", "silence", "members");
    private static final String SDP = "v=0\r\nc=IN IP4 124.124.124.222\r\nm=audio 2222 RTP/AVP 4\r\na=ptime:30";

    private MegacoSamples() {
    }

    static Map<String, MegacoMessage> all() {
        final Map<String, MegacoMessage> all = new LinkedHashMap<>();
        requests(all);
        replies(all);
        all.put("pending", MegacoMessage.of(MG, new TransactionPending(7)));
        all.put("response-ack", MegacoMessage.of(GWC, new TransactionAck(
            List.of(new TransactionAck.Range(3, 3), new TransactionAck.Range(5, 9)))));
        all.put("message-error", MegacoMessage.error(MG, ErrorCode.BAD_MESSAGE, "not MEGACO/version at octet 4"));
        return all;
    }

    private static void requests(final Map<String, MegacoMessage> all) {
        all.put("add-both", request(GWC, 10003, ActionRequest.of(ContextId.CHOOSE,
            CommandRequest.add(TRUNK, MediaDescriptor.of(StreamMode.SEND_RECEIVE)),
            CommandRequest.add(LINE, MediaDescriptor.of(StreamMode.SEND_RECEIVE),
                EventsDescriptor.of(2223, "cd/rt", "cd/bt", "al/of", "al/on"),
                SignalsDescriptor.of("al/ri")))));
        all.put("claim", request(GWC, 4_294_967_295L, ActionRequest.of(ContextId.of(5000),
            CommandRequest.modify(TRUNK, EventsDescriptor.of(1, "al/on")),
            CommandRequest.modify(LINE, EventsDescriptor.of(2, "al/of", "al/on")),
            CommandRequest.auditValue(LINE, AuditItem.OBSERVED_EVENTS, AuditItem.MEDIA, AuditItem.EVENTS))));
        all.put("subtract", request(GWC, 10, ActionRequest.of(ContextId.of(5000),
            CommandRequest.subtract(TerminationId.ALL), CommandRequest.subtract(LINE).asOptional(),
            new CommandRequest(Verb.SUBTRACT, true, true, TerminationId.of("tdm/*"), List.of()))));
        all.put("find", request(GWC, 11, ActionRequest.of(ContextId.ALL, CommandRequest.auditValue(TRUNK))));
        all.put("capability", request(GWC, 12, ActionRequest.of(ContextId.NULL,
            CommandRequest.of(Verb.AUDIT_CAPABILITY, TerminationId.ROOT, AuditDescriptor.of(AuditItem.PACKAGES,
                AuditItem.SIGNALS, AuditItem.STATISTICS)))));
        all.put("notify", request(MG, 13, ActionRequest.of(ContextId.of(5000), CommandRequest.notify(LINE,
            ObservedEventsDescriptor.of(2223, ObservedEvent.of("20261123T14290000", "cd/rt"),
                new ObservedEvent(null, "al/of", List.of(Parameter.of("init", "false"))))))));
        all.put("restart", request(MG, 14, ActionRequest.of(ContextId.NULL, CommandRequest.serviceChange(
            TerminationId.ROOT, ServiceChangeDescriptor.of(ServiceChangeMethod.RESTART, "901 Cold Boot")
                .withVersion(1)))));
        all.put("failover", request(GWC, 15, ActionRequest.of(ContextId.NULL, CommandRequest.serviceChange(
            TerminationId.ROOT, new ServiceChangeDescriptor(ServiceChangeMethod.FAILOVER, "909 MGC Impending Failure",
                30, null, null, ServiceChangeDescriptor.ABSENT, Mid.domain("gwc2.example", 2944), "20261123T14290001",
                List.of())))));
        all.put("moved", request(MG, 18, ActionRequest.of(ContextId.NULL, CommandRequest.serviceChange(
            TerminationId.ROOT, new ServiceChangeDescriptor(ServiceChangeMethod.DISCONNECTED, "900 Service Restored",
                0, "2946", "resgw/1", 1, null, null, List.of())))));
        all.put("streams", request(new Mid(Mid.Kind.IPV6, "2001:db8:0:0:0:0:0:1", 2944), 16,
            ActionRequest.of(ContextId.of(1), CommandRequest.of(Verb.MOVE, TerminationId.of("rtp/1"),
                new MediaDescriptor(List.of(new StreamDescriptor(1, new LocalControl(StreamMode.RECEIVE_ONLY,
                    false, true, List.of(Parameter.of("nt/jit", "40"))), Octets.of(SDP), Octets.of(SDP))),
                    new TerminationState(ServiceState.IN_SERVICE, true, List.of(
                        new Parameter("tdmc/ec", Parameter.Relation.EQUAL, List.of("on"))))),
                new SignalsDescriptor(List.of(new Signal("cg/rt", List.of(
                    Parameter.of("SignalType", "TimeOut"), Parameter.of("Duration", "500"),
                    Parameter.flag("KeepActive")))), List.of())))));
        all.put("device", request(Mid.device("mg/1"), 17, ActionRequest.of(ContextId.of(1),
            CommandRequest.modify(LINE, SignalsDescriptor.of("cg/bt")))));
        all.put("silence", request(GWC, 19, ActionRequest.of(ContextId.of(1),
            CommandRequest.modify(LINE, SignalsDescriptor.none()))));
    }

    private static void replies(final Map<String, MegacoMessage> all) {
        all.put("added", reply(10003, ActionReply.of(ContextId.of(5000),
            CommandReply.of(Verb.ADD, TRUNK), CommandReply.of(Verb.ADD, LINE))));
        all.put("refused", reply(10004, ActionReply.of(ContextId.CHOOSE, CommandReply.error(Verb.ADD, TRUNK,
            ErrorCode.ALREADY_IN_CONTEXT, TRUNK + " is in context 5000"))));
        all.put("unknown-context", reply(10005, ActionReply.error(ContextId.of(6), ErrorCode.UNKNOWN_CONTEXT,
            "no such context")));
        all.put("transaction-error", MegacoMessage.of(MG, TransactionReply.error(10006, ErrorCode.BAD_TRANSACTION,
            "'{' is missing at octet 40")));
        all.put("stopped", reply(10007, new ActionReply(ContextId.of(7), List.of(),
            List.of(CommandReply.of(Verb.MODIFY, TRUNK)), new ErrorDescriptor(ErrorCode.UNSUPPORTED_COMMAND, ""))));
        all.put("audited", reply(10008, ActionReply.of(ContextId.of(5000),
            CommandReply.of(Verb.MODIFY, LINE),
            CommandReply.of(Verb.AUDIT_VALUE, LINE,
                ObservedEventsDescriptor.of(2, ObservedEvent.of("20261123T14290000", "cd/rt"),
                    ObservedEvent.of("20261123T14290500", "al/of")),
                MediaDescriptor.of(StreamMode.SEND_RECEIVE), EventsDescriptor.of(2, "al/on"),
                SignalsDescriptor.of("al/ri")))));
        all.put("audited-empty", reply(10011, ActionReply.of(ContextId.of(5000),
            CommandReply.of(Verb.AUDIT_VALUE, TRUNK, EventsDescriptor.none(), ObservedEventsDescriptor.none()))));
        all.put("subtracted", reply(10009, ActionReply.of(ContextId.of(5000), CommandReply.of(Verb.SUBTRACT, LINE,
            StatisticsDescriptor.of(Parameter.of("nt/dur", "1230"), Parameter.flag("nt/os"))))));
        all.put("members", reply(10010, ActionReply.of(ContextId.of(5000), new CommandReply(Verb.AUDIT_VALUE, null,
            List.of(TRUNK, LINE), List.of()))));
        all.put("service-change-reply", MegacoMessage.of(GWC, TransactionReply.of(14, ActionReply.of(ContextId.NULL,
            CommandReply.of(Verb.SERVICE_CHANGE, TerminationId.ROOT, ServiceChangeDescriptor.reply(1))))));
        all.put("notify-reply", MegacoMessage.of(GWC, new TransactionReply(13, true, null, List.of(
            ActionReply.of(ContextId.of(5000), CommandReply.of(Verb.NOTIFY, LINE))))));
    }

    private static MegacoMessage request(final Mid sender, final long id, final ActionRequest action) {
        return MegacoMessage.of(sender, TransactionRequest.of(id, action));
    }

    private static MegacoMessage reply(final long id, final ActionReply action) {
        return MegacoMessage.of(MG, TransactionReply.of(id, action));
    }
}
