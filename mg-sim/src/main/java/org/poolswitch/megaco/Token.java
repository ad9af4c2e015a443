// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The reserved words of RFC 3525 Annex B.2, long and short; compared without regard to case. */
enum Token {
    ADD("Add", "A"),
    AUDIT("Audit", "AT"),
    AUDIT_CAPABILITY("AuditCapability", "AC"),
    AUDIT_VALUE("AuditValue", "AV"),
    AUTHENTICATION("Authentication", "AU"),
    BRIEF("Brief", "BR"),
    BUFFER("Buffer", "BF"),
    CONTEXT("Context", "C"),
    CONTEXT_AUDIT("ContextAudit", "CA"),
    DELAY("Delay", "DL"),
    DIGIT_MAP("DigitMap", "DM"),
    DISCONNECTED("Disconnected", "DC"),
    DURATION("Duration", "DR"),
    EMBED("Embed", "EM"),
    EMERGENCY("Emergency", "EG"),
    ERROR("Error", "ER"),
    EVENTS("Events", "E"),
    EVENT_BUFFER("EventBuffer", "EB"),
    FAILOVER("Failover", "FL"),
    FORCED("Forced", "FO"),
    GRACEFUL("Graceful", "GR"),
    HANDOFF("HandOff", "HO"),
    IMM_ACK_REQUIRED("ImmAckRequired", "IA"),
    INACTIVE("Inactive", "IN"),
    INT_BY_EVENT("IntByEvent", "IBE"),
    INT_BY_SIGNALS("IntBySigDescr", "IBS"),
    IN_SERVICE("InService", "IV"),
    KEEP_ACTIVE("KeepActive", "KA"),
    LOCAL("Local", "L"),
    LOCAL_CONTROL("LocalControl", "O"),
    LOCK_STEP("LockStep", "SP"),
    LOOPBACK("Loopback", "LB"),
    MEDIA("Media", "M"),
    MEGACO("MEGACO", "!"),
    METHOD("Method", "MT"),
    MGC_ID("MgcIdToTry", "MG"),
    MODE("Mode", "MO"),
    MODEM("Modem", "MD"),
    MODIFY("Modify", "MF"),
    MOVE("Move", "MV"),
    MUX("Mux", "MX"),
    NOTIFY("Notify", "N"),
    NOTIFY_COMPLETION("NotifyCompletion", "NC"),
    OBSERVED_EVENTS("ObservedEvents", "OE"),
    ON_OFF("OnOff", "OO"),
    OTHER_REASON("OtherReason", "OR"),
    OUT_OF_SERVICE("OutOfService", "OS"),
    PACKAGES("Packages", "PG"),
    PENDING("Pending", "PN"),
    PRIORITY("Priority", "PR"),
    PROFILE("Profile", "PF"),
    REASON("Reason", "RE"),
    RECEIVE_ONLY("ReceiveOnly", "RC"),
    REMOTE("Remote", "R"),
    REPLY("Reply", "P"),
    RESERVED_GROUP("ReservedGroup", "RG"),
    RESERVED_VALUE("ReservedValue", "RV"),
    RESPONSE_ACK("TransactionResponseAck", "K"),
    RESTART("Restart", "RS"),
    SEND_ONLY("SendOnly", "SO"),
    SEND_RECEIVE("SendReceive", "SR"),
    SERVICES("Services", "SV"),
    SERVICE_CHANGE("ServiceChange", "SC"),
    SERVICE_CHANGE_ADDRESS("ServiceChangeAddress", "AD"),
    SERVICE_STATES("ServiceStates", "SI"),
    SIGNALS("Signals", "SG"),
    SIGNAL_LIST("SignalList", "SL"),
    SIGNAL_TYPE("SignalType", "SY"),
    STATISTICS("Statistics", "SA"),
    STREAM("Stream", "ST"),
    SUBTRACT("Subtract", "S"),
    TERMINATION_STATE("TerminationState", "TS"),
    TEST("Test", "TE"),
    TIME_OUT("TimeOut", "TO"),
    TOPOLOGY("Topology", "TP"),
    TRANSACTION("Transaction", "T"),
    VERSION("Version", "V");

    private static final Map<String, Token> BY_NAME = new HashMap<>();

    static {
        for (final Token token : values()) {
            BY_NAME.put(token.longForm.toUpperCase(Locale.ROOT), token);
            BY_NAME.put(token.shortForm.toUpperCase(Locale.ROOT), token);
        }
    }

    private final String longForm;
    private final String shortForm;

    Token(final String longForm, final String shortForm) {
        this.longForm = longForm;
        this.shortForm = shortForm;
    }

    /** The token that this word spells, or null. */
    static Token of(final String word) {
        final Token exact = BY_NAME.get(word);
        return exact != null ? exact : BY_NAME.get(word.toUpperCase(Locale.ROOT));
    }

    String longForm() {
        return longForm;
    }

    String text(final TextStyle style) {
        return style == TextStyle.COMPACT ? shortForm : longForm;
    }
}
