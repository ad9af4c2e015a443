// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolswitch.sctp.SctpConfig;

/** What is said about the kernel's settings, with folders in the place of /proc. */
class KernelSysctlsTest {
    /** Linux 6.1 as it boots. */
    private static final Map<String, String> STOCK = Map.ofEntries(Map.entry("rto_initial", "3000"),
        Map.entry("rto_min", "1000"), Map.entry("rto_max", "60000"), Map.entry("path_max_retrans", "5"),
        Map.entry("pf_retrans", "0"), Map.entry("pf_enable", "1"), Map.entry("pf_expose", "0"),
        Map.entry("association_max_retrans", "10"), Map.entry("max_init_retransmits", "8"),
        Map.entry("hb_interval", "30000"), Map.entry("sack_timeout", "200"), Map.entry("addip_noauth_enable", "0"),
        Map.entry("cookie_hmac_alg", "md5"), Map.entry("sctp_mem", "23529\t31375\t47058"));

    @TempDir
    private Path folder;

    private KernelSysctls found(final Map<String, String> values) throws IOException {
        for (final Map.Entry<String, String> value : values.entrySet()) {
            Files.writeString(folder.resolve(value.getKey()), value.getValue() + "\n");
        }
        return KernelSysctls.read(folder);
    }

    @Test
    void whatIsInForceIsToldInOneLine() throws IOException {
        assertThat(found(STOCK).describe())
            .startsWith("net.sctp in force: rto_initial=3000 rto_min=1000 rto_max=60000 path_max_retrans=5")
            .contains("sack_timeout=200", "cookie_hmac_alg=md5").doesNotContain("sctp_mem", "\n")
            // 1 + 2 + 4 + 8 + 16 + 32 + 5 * 60
            .endsWith("is lost after up to 363.0 s");
    }

    @Test
    void withoutTheModuleNothingIsKnownAndNothingAdvised() {
        final KernelSysctls none = KernelSysctls.read(folder.resolve("nowhere"));
        assertThat(none.describe()).contains("unknown", "module sctp");
        assertThat(none.advice(SctpConfig.carrier())).isNull();
        assertThat(none.lines(SctpConfig.carrier())).contains("net.sctp.rto_min = 50").noneMatch(
            line -> line.contains("in force"));
    }

    @Test
    void theCarrierProfileWantsFastTimersOfTheKernelToo() throws IOException {
        assertThat(found(STOCK).advice(SctpConfig.carrier()))
            .contains("rto_min=50 (", "rto_max=200 (", "rto_initial=100 (", "path_max_retrans=2 (", "sack_timeout=10 (",
                "hb_interval=100 (").doesNotContain("pf_retrans", "pf_enable", "addip", "\n");
    }

    @Test
    void whatIsFasterStillIsNotCriticised() throws IOException {
        final KernelSysctls tuned = found(Map.of("rto_min", "30", "rto_max", "100", "association_max_retrans", "4",
            "path_max_retrans", "1", "sack_timeout", "5"));
        assertThat(tuned.advice(SctpConfig.carrier())).isNull();
        // but a timer below what a healthy host's scheduler takes is
        assertThat(found(Map.of("rto_min", "10")).advice(SctpConfig.carrier())).contains("rto_min=50");
    }

    @Test
    void theStandardsProfileWantsTheStandardsValues() throws IOException {
        assertThat(found(STOCK).advice(SctpConfig.rfc())).contains("rto_initial=1000")
            .doesNotContain("rto_min", "hb_interval", "sack_timeout", "association");
    }

    @Test
    void notificationsThatNoJdkUnderstandsAndForgedAddressChangesAreAdvisedAgainst() throws IOException {
        assertThat(found(Map.of("pf_expose", "2", "addip_noauth_enable", "1")).advice(SctpConfig.rfc()))
            .contains("pf_expose=0", "addip_noauth_enable=0");
    }

    @Test
    void theLinesApplyInTheirOrderFromStockValues() throws IOException {
        for (final SctpConfig profile : List.of(SctpConfig.carrier(), SctpConfig.rfc())) {
            final List<String> lines = found(STOCK).lines(profile);
            assertThat(lines).allMatch(line -> line.matches("# .*|net\\.sctp\\.[a-z_]+ = [0-9]+"));
            long min = 1000;
            long max = 60_000;
            for (final String line : lines) {
                min = line.startsWith("net.sctp.rto_min = ") ? value(line) : min;
                max = line.startsWith("net.sctp.rto_max = ") ? value(line) : max;
                // what the kernel checks at each write
                assertThat(min).isLessThanOrEqualTo(max);
            }
            for (final String line : lines.stream().filter(l -> l.startsWith("net")).toList()) {
                final String name = line.substring("net.sctp.".length(), line.indexOf(' '));
                Files.writeString(folder.resolve(name), value(line) + "\n");
            }
            assertThat(KernelSysctls.read(folder).advice(profile)).isNull();
        }
    }

    private static long value(final String line) {
        return Long.parseLong(line.substring(line.indexOf('=') + 2));
    }
}
