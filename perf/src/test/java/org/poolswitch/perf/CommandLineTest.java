// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong options: one sentence that names what is wrong, status 2, and never a stack trace. */
class CommandLineTest {
    private static final String KEY = " --cookie-key 0123456789abcdef";
    private final PrintStream errors = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(errors);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "gwc --address 224.0.0.1                  | --address: 224.0.0.1 is not the address of one host",
        "gwc --address 0.0.0.0                    | --address: 0.0.0.0 is not the address of one host",
        "gwc --address fe80::1                    | --address: fe80:0:0:0:0:0:0:1 is a link-local address",
        "gwc --address 192.0.2.1                  | --address: 192.0.2.1 is not an address of this machine",
        "gwc --address 1                          | --address: '1' is not an IP address",
        "sg --calls 1 --address 192.0.2.1         | --address: 192.0.2.1 is not an address of this machine",
        "pools --address 192.0.2.1                | --address: 192.0.2.1 is not an address of this machine",
        "gwc --registrar 0.0.0.0                  | --registrar: 0.0.0.0 is not the address of one host",
        "gwc --registrar 10.0.0.1+                | --registrar: '' is not an IP address",
        "registrar --peer 239.0.0.1               | --peer: 239.0.0.1 is not the address of one host",
        "gwc --transport kernel --pcap x          | --pcap needs '--transport user'",
        "gwc --transport kernel --drill-cut x     | --drill-cut needs '--transport user'",
        "resolve x --transport kernel --pcap x    | --pcap needs '--transport user'",
        "gwc --orphan-hold-ms 0                   | --orphan-hold-ms is 1 to 86400000 ms, not 0",
        "gk --orphan-hold-ms 99999999999999       | --orphan-hold-ms is 1 to 86400000 ms, not 99999999999999",
        "gwc --clearing-ms 0                      | --clearing-ms is 1 to 86400000 ms, not 0",
        "gk --status-interval-ms 86400001         | --status-interval-ms is 0 to 86400000 ms, not 86400001",
        "gk --status-answer-ms 0                  | --status-answer-ms is 1 to 86400000 ms, not 0",
        "gwc --call-machine-setting colour=red    | the call machine 'isup' has the setting no-answer-seconds",
        "gwc --call-machine-setting x             | Value for option '--call-machine-setting' (KEY=VALUE) should be",
        "gk --admission-setting colour=red        | the admission policy 'prefix' has the settings allow, deny",
        "sg --calls 1 --hold-ms 9999999999999999  | --hold-ms is 1 to 86400000 ms, not 9999999999999999",
        "sg --calls 1 --patience-ms 0             | --patience-ms is 1 to 86400000 ms, not 0",
        "sg --calls 1 --first-cic 2147483647      | circuits lie between 0 and 4095, not 2147483647 to 2147485646",
        "sg --calls 1 --calling 123456789012345678901 | a calling number is at most 20 digits",
        "sg --calls 1 --called-digits 2147483647  | a called number, prefix and counted digits, is 1 to 20 digits",
        "sg --calls 1 --rate fast                 | 'fast' is not a number",
        "mg --ring-ms 99999999999999              | --ring-ms is 0 to 86400000 ms",
        "mg --behaviour abc=busy                  | --behaviour: a prefix is 1 to 20 of 0123456789*#, not 'abc'",
        "mg --behaviour =busy                     | --behaviour: a prefix is 1 to 20 of 0123456789*#, not ''",
        "ping-pong --interval-ms 9999999999999999 | --interval-ms is 1 to 86400000 ms",
        "pools --watch --interval-ms 1             | --interval-ms is 50 to 86400000 ms, not 1",
        "resolve x --timeout-ms 99999999999999     | --timeout-ms is 1 to 86400000 ms",
        "demo --out /proc/x                       | poolswitch demo: cannot use /proc/x: there is no such file",
        "demo --out /dev/null                     | poolswitch demo: cannot use /dev/null: there is a file",
        "demo --replay-speed 0                    | --replay-speed is more than 0",
        "demo --config /dev/null                  | Unknown options: '--config', '/dev/null'",
        "interop --run usrsctp --out /dev/null    | poolswitch interop: cannot use /dev/null",
        "bench failover --rounds 200000000        | --rounds is 1 to 1000",
        "simulate --nodes nobody                  | --nodes knows registrar, sg, mg1, mg2, mg3, gwc1, gwc2, gwc3, gk1",
        "simulate --count -1                      | --count is 0 to 1000, not -1",
        "fuzz --minutes 99999999999999            | --minutes is 0 to 525600",
        "registrar --registrar 127.0.0.1          | --registrar is for the other nodes",
        "registrar --announce 224.0.1.185 --registrar-announce 239.0.0.50:3863 | --announce and --registrar-announce",
        "warm-up foo                              | there is no argument 'foo'",
        "nonsense                                 | there is no command 'nonsense'",
    })
    void oneSentence(final String line, final String sentence) {
        final boolean pooled = line.startsWith("gwc") || line.startsWith("gk");
        assertThat(Main.execute((line + (pooled ? KEY : "")).split(" "))).isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains(sentence).doesNotContain("\tat ");
    }
}
