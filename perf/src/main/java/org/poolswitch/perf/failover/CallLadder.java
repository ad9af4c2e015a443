// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.poolswitch.asap.core.RegistrarLink;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.isup.IsupMessage;
import org.poolswitch.isup.IsupType;
import org.poolswitch.m3ua.M3ua;
import org.poolswitch.m3ua.M3uaData;
import org.poolswitch.m3ua.M3uaException;
import org.poolswitch.megaco.MegacoMessage;
import org.poolswitch.observe.CapturedPacket;
import org.poolswitch.observe.SctpData;
import org.poolswitch.observe.SctpDataExtractor;
import org.poolswitch.ras.RasCodec;
import org.poolswitch.sctp.SctpAddress;

/**
 * The message ladder of one call, found in the packets that the nodes really sent: the ISUP messages of its circuit,
 * the cookies on its streams, the admission of its called number, the commands for its terminations.
 */
final class CallLadder {
    private static final Pattern TRANSACTION = Pattern.compile("^(?:MEGACO|!)/\\d+\\s+\\S+\\s+(\\w+)\\s*=\\s*(\\d+)");
    private static final Pattern CONTEXT = Pattern.compile("\\b(?:Context|C)\\s*=\\s*(\\d+)");

    /** A cookie goes before the message whose effect it describes. */
    private static final long COOKIE_AHEAD_NS = 2_000_000;
    /** A fault so long before the call is not what it went through. */
    private static final long REMARK_AHEAD_NS = 1_000_000_000;

    private final int cic;
    private final String called;
    private final Pattern circuit;
    private final long fromNs;
    private final long toNs;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Long> streams = new HashMap<>();
    private final Set<String> transactions = new HashSet<>();
    private final Set<String> contexts = new HashSet<>();
    private final Set<String> requests = new HashSet<>();
    private final List<String> lines = new ArrayList<>();

    /**
     * @param cic    the call's circuit
     * @param called its called number, which nobody else called
     * @param fromNs nanoseconds since 1970, a little before the IAM
     * @param toNs   a little after the last message
     */
    CallLadder(final int cic, final String called, final long fromNs, final long toNs) {
        this.cic = cic;
        this.called = called;
        this.circuit = Pattern.compile("tdm/(?:\\d+_\\d+_)?" + cic + "\\b");
        this.fromNs = fromNs;
        this.toNs = toNs;
        for (final String node : List.of("registrar", "sg", "mg", "gwc1", "gwc2", "gwc3", "gk1", "gk2")) {
            names.put(Cluster.address(node), node);
        }
    }

    /** The ladder, a message a line, with {@code remarks} (time since 1970 in ns to text) in their places. */
    String of(final List<CapturedPacket> packets, final Map<Long, String> remarks) {
        final List<CapturedPacket> window = packets.stream().filter(p -> p.timeNs() >= fromNs && p.timeNs() <= toNs)
            .toList();
        final List<SctpData> messages = SctpDataExtractor.extract(window, SctpAddress.DEFAULT_ENCAPSULATION_PORT);
        messages.forEach(this::learnStream);
        final List<Map.Entry<Long, String>> pending = new ArrayList<>(remarks.entrySet().stream()
            .filter(r -> r.getKey() >= fromNs - REMARK_AHEAD_NS).sorted(Map.Entry.comparingByKey()).toList());
        for (final SctpData m : messages) {
            final String text = describe(m);
            if (text != null) {
                while (!pending.isEmpty() && pending.get(0).getKey() < m.timeNs()) {
                    lines.add("            *** " + pending.remove(0).getValue());
                }
                lines.add(String.format(Locale.ROOT, "%9.3f ms  %-9s --> %-9s  %s", (m.timeNs() - fromNs) / 1e6,
                    name(m.from()), name(m.to()), text));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private String name(final InetAddress address) {
        return names.getOrDefault(address.getHostAddress(), address.getHostAddress());
    }

    private void learnStream(final SctpData m) {
        if (m.ppid() == M3ua.PPID && isupOfCircuit(m.payload()) != null) {
            streams.merge(stream(m), m.timeNs(), Math::min);
            streams.merge(reverse(m), m.timeNs(), Math::min);
        }
    }

    private String stream(final SctpData m) {
        return name(m.from()) + ">" + name(m.to()) + "/" + m.stream();
    }

    private String reverse(final SctpData m) {
        return name(m.to()) + ">" + name(m.from()) + "/" + m.stream();
    }

    private String describe(final SctpData m) {
        return switch (m.ppid()) {
            case M3ua.PPID -> isupOfCircuit(m.payload());
            // a stream serves one call after another: what was before this call's first message was another's
            case RegistrarLink.PPID -> m.timeNs() >= streams.getOrDefault(stream(m), Long.MAX_VALUE) - COOKIE_AHEAD_NS
                ? asap(m.payload()) : null;
            case MegacoMessage.PPID -> h248(m);
            case RasCodec.PPID -> ras(m);
            default -> null;
        };
    }

    /** M3UA DATA whose ISUP message is for our circuit, or null. */
    private String isupOfCircuit(final byte[] m3ua) {
        try {
            final byte[] isup = M3uaData.decode(m3ua, 0, m3ua.length).userData();
            return IsupMessage.cic(isup, 0, isup.length) == cic
                ? name(IsupMessage.typeCode(isup, 0, isup.length)) : null;
        } catch (final M3uaException e) {
            return null;
        }
    }

    private static String name(final int isupType) {
        final IsupType type = IsupType.of(isupType);
        return type == null ? "ISUP type 0x" + Integer.toHexString(isupType) : type.name();
    }

    private static String asap(final byte[] message) {
        return switch (message.length == 0 ? 0 : message[0]) {
            case AsapType.COOKIE -> "ASAP Cookie (" + message.length + " octets)";
            case AsapType.COOKIE_ECHO -> "ASAP Cookie Echo";
            case AsapType.BUSINESS_CARD -> "ASAP Business Card";
            default -> null;
        };
    }

    private String h248(final SctpData m) {
        final String text = new String(m.payload(), StandardCharsets.UTF_8);
        final Matcher header = TRANSACTION.matcher(text);
        if (!header.find()) {
            return null;
        }
        final String number = header.group(2);
        final List<String> named = CONTEXT.matcher(text).results().map(c -> c.group(1)).toList();
        final boolean ours = text.contains("line/" + called) || circuit.matcher(text).find()
            || named.stream().anyMatch(contexts::contains);
        final boolean request = header.group(1).startsWith("T");
        final String key = request ? name(m.from()) + number : name(m.to()) + number;
        if (!ours && !transactions.contains(key)) {
            return null;
        }
        transactions.add(key);
        contexts.addAll(named);
        return "H.248 " + MegacoSummary.of(text);
    }

    private String ras(final SctpData m) {
        final RasSummary summary = RasSummary.of(m.payload());
        if (summary == null) {
            return null;
        }
        final String key = (summary.request() ? name(m.from()) : name(m.to())) + summary.sequence();
        final String callKey = summary.callIdentifier();
        final boolean ours = called.equals(summary.called()) || callKey != null && requests.contains(callKey)
            || requests.contains(key) && !summary.request();
        if (!ours) {
            return null;
        }
        requests.add(key);
        if (callKey != null) {
            requests.add(callKey);
        }
        return "RAS " + summary.name();
    }
}
