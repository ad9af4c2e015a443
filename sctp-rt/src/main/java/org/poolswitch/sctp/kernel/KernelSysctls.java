// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.poolswitch.sctp.SctpConfig;

/**
 * The kernel's SCTP timers and limits. A process cannot set them through the JDK, and an association keeps those that
 * were in force when it was opened; so all that a node can do is say what it found and what it would rather have.
 */
public final class KernelSysctls {
    /** Where Linux has them, once the module is loaded; each network namespace has its own. */
    public static final Path PROC = Path.of("/proc/sys/net/sctp");

    private static final long MS = 1_000_000L;
    /** Two ticks of a kernel that counts 100 in a second: its timers are that much coarser than ours. */
    private static final long TWO_TICKS_MS = 20;
    /** What bears on how a node behaves; the rest is not worth a place in the log. */
    private static final List<String> TOLD = List.of("rto_initial", "rto_min", "rto_max", "path_max_retrans",
        "pf_retrans", "pf_enable", "pf_expose", "association_max_retrans", "max_init_retransmits", "hb_interval",
        "sack_timeout", "valid_cookie_life", "max_burst", "addip_enable", "addip_noauth_enable", "prsctp_enable",
        "cookie_hmac_alg", "udp_port", "encap_port");

    /**
     * One value that a profile wants.
     *
     * @param name   without {@code net.sctp.}
     * @param value  what to set
     * @param least  lowest value that does as well
     * @param most   highest value that does as well
     * @param reason what it does to a node, for the operator
     */
    public record Setting(String name, long value, long least, long most, String reason) {
        boolean isMetBy(final String inForce) {
            try {
                final long is = Long.parseLong(inForce);
                return is >= least && is <= most;
            } catch (final NumberFormatException e) {
                return false;
            }
        }
    }

    private final Map<String, String> inForce;

    private KernelSysctls(final Map<String, String> inForce) {
        this.inForce = inForce;
    }

    /**
     * Reads the values in force. What cannot be read is left out.
     *
     * @param folder {@link #PROC}, or a copy
     */
    public static KernelSysctls read(final Path folder) {
        final Map<String, String> values = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Files::isReadable)) {
            for (final Path file : files) {
                if (TOLD.contains(String.valueOf(file.getFileName()))) {
                    values.put(file.getFileName().toString(), firstLine(file));
                }
            }
        } catch (final IOException e) {
            // the module is not loaded, or this is no Linux: then there is nothing to tell
            return new KernelSysctls(values);
        }
        return new KernelSysctls(values);
    }

    /** In one read: a second one, at an offset, finds nothing, and {@code Files.readString} begins with one octet. */
    private static String firstLine(final Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return String.valueOf(reader.readLine()).trim();
        }
    }

    /** The value in force, or null if it is not known. */
    public String get(final String name) {
        return inForce.get(name);
    }

    /** The values in force in one line, and what they mean for the detection of a silent peer. */
    public String describe() {
        if (inForce.isEmpty()) {
            return "net.sctp: unknown, nothing of it is in /proc/sys (is the module sctp loaded?)";
        }
        final StringBuilder line = new StringBuilder("net.sctp in force:");
        for (final String name : TOLD) {
            if (inForce.containsKey(name)) {
                line.append(' ').append(name).append('=').append(inForce.get(name));
            }
        }
        final long silentMs = silentAtMostMs();
        return silentMs < 0 ? line.toString() : line.append(String.format("; a peer that falls silent while we send is "
            + "lost after up to %.1f s", silentMs / 1000.0)).toString();
    }

    /** RFC 9260 sections 6.3.3 and 8.1: the timer doubles up to RTO.Max, association_max_retrans + 1 times; or -1. */
    private long silentAtMostMs() {
        long sum = 0;
        try {
            long rto = Long.parseLong(inForce.getOrDefault("rto_min", ""));
            final long max = Long.parseLong(inForce.getOrDefault("rto_max", ""));
            for (long n = Long.parseLong(inForce.getOrDefault("association_max_retrans", "")); n >= 0; n--) {
                sum += rto;
                rto = Math.min(max, 2 * rto);
            }
        } catch (final NumberFormatException e) {
            return -1;
        }
        return sum;
    }

    /** What of the profile is not in force, in one line, or null if there is nothing to advise. */
    public String advice(final SctpConfig profile) {
        final StringBuilder line = new StringBuilder();
        for (final Setting s : wanted(profile)) {
            if (inForce.containsKey(s.name()) && !s.isMetBy(inForce.get(s.name()))) {
                line.append(line.isEmpty() ? "net.sctp advised (./poolswitch sysctl prints the lines): " : "; ")
                    .append(s.name()).append('=').append(s.value()).append(" (").append(s.reason()).append(')');
            }
        }
        return line.isEmpty() ? null : line.toString();
    }

    /** Lines for a file in {@code /etc/sysctl.d}, each value with its reason in a comment before it. */
    public List<String> lines(final SctpConfig profile) {
        final List<String> lines = new ArrayList<>();
        for (final Setting s : wanted(profile)) {
            final String now = inForce.get(s.name());
            lines.add("# " + s.reason() + (now == null ? "" : "; in force: " + now));
            lines.add("net.sctp." + s.name() + " = " + s.value());
        }
        return lines;
    }

    /**
     * What a profile wants of the kernel. The order matters: the kernel refuses an RTO.Min above RTO.Max at any moment.
     * So a lower pair goes in with RTO.Min first, the standard's with RTO.Max first.
     */
    public static List<Setting> wanted(final SctpConfig profile) {
        final boolean fast = profile.rtoMinNs() < 1000 * MS;
        final long rtoMin = profile.rtoMinNs() / MS + (fast ? TWO_TICKS_MS : 0);
        final long rtoInitial = Math.max(rtoMin, profile.rtoInitialNs() / MS);
        final long rtoMax = Math.max(rtoInitial, profile.rtoMaxNs() / MS);
        final Setting min = new Setting("rto_min", rtoMin, profile.rtoMinNs() / MS, rtoMin,
            "ms: a lost packet is repeated, and a path doubted, after this");
        final Setting max = new Setting("rto_max", rtoMax, fast ? rtoMin : rtoMax, rtoMax,
            "ms: repetitions wait no longer than this, however often they failed");
        final long ack = fast ? Math.max(TWO_TICKS_MS / 2, profile.sackDelayNs() / MS) : profile.sackDelayNs() / MS;
        return List.of(fast ? min : max, fast ? max : min,
            limit("rto_initial", rtoInitial, fast, "ms: the same before the first measurement, for INIT too"),
            limit("sack_timeout", ack, fast, "ms: a lone message is acknowledged after this; it must stay below the "
                + "peers' rto_min, or every lone message is sent twice"),
            limit("path_max_retrans", profile.pathMaxRetrans(), fast, "errors in a row until a path is given up"),
            limit("pf_retrans", profile.potentiallyFailedMaxRetrans(), fast,
                "errors until another path is tried (RFC 7829)"),
            new Setting("pf_enable", 1, 1, 1, "go to another path at the first doubt (RFC 7829)"),
            new Setting("pf_expose", 0, 0, 1, "2 makes the kernel say what no JDK understands"),
            new Setting("association_max_retrans", profile.associationMaxRetrans(),
                fast ? profile.pathMaxRetrans() : profile.associationMaxRetrans(), profile.associationMaxRetrans(),
                "errors in a row until the peer is given up: with the RTOs, how long a dead peer goes unnoticed"),
            limit("max_init_retransmits", profile.maxInitRetransmits(), fast,
                "repetitions of INIT until a set-up has failed"),
            limit("hb_interval", profile.heartbeatIntervalNs() / MS, fast,
                "ms: an idle path is probed this often; until then a broken one looks fine"),
            new Setting("addip_noauth_enable", 0, 0, 0,
                "1 lets anybody who guesses two ports move an association to another address (RFC 5061 section 8)"));
    }

    /** For networks one owns less is as good; the standard's defaults are what they are. */
    private static Setting limit(final String name, final long value, final boolean fast, final String reason) {
        return new Setting(name, value, fast ? Math.min(1, value) : value, value, reason);
    }
}
