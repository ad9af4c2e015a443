// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.poolswitch.enrp.core.EnrpConfig;
import org.poolswitch.enrp.core.RegistrarConfig;
import org.poolswitch.enrp.core.TakeoverRule;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.NodeOptions;
import org.poolswitch.rserpool.ChecksumRule;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The options of a registrar: what they come to, and sentences for those that cannot be. */
class MeshOptionsTest {
    /** The options as the command has them. */
    @Command
    static final class Given {
        @Mixin
        private NodeOptions node;
        @Mixin
        private MeshOptions mesh;
        @Mixin
        private AsapOptions asap;

        static Given of(final String text) throws ConfigException {
            final Given given = CommandLine.populateCommand(new Given(), text.trim().split("\\s+"));
            given.mesh.check(given.node);
            given.elements();
            return given;
        }

        EnrpConfig peers() throws ConfigException {
            return mesh.config(node);
        }

        RegistrarConfig elements() throws ConfigException {
            return asap.config(node.rfcProfile(), mesh.checksumRule(), mesh.settings());
        }
    }

    @Test
    void whatIsGivenArrives() throws ConfigException {
        final Given given = Given.of("--address 127.0.0.1 --peer 127.0.0.2,127.0.0.3:9911 --takeover-rule rsplib "
            + "--checksum rsplib --enrp MAX-TIME-NO-RESPONSE=300ms,Subscriptions.Max=5 --enrp Reported.Timeout=40ms");
        assertThat(given.peers().peers()).extracting(a -> a.port()).containsExactly(9901, 9911);
        assertThat(given.peers().takeoverRule()).isEqualTo(TakeoverRule.RSPLIB);
        assertThat(given.peers().timers().maxTimeNoResponseNs()).isEqualTo(300_000_000L);
        assertThat(given.elements().subscriptions().maxTotal()).isEqualTo(5);
        assertThat(given.elements().reportedTimeoutNs()).isEqualTo(40_000_000L);
        assertThat(given.elements().handlespace().checksum()).isEqualTo(ChecksumRule.RSPLIB);
        assertThat(Given.of("--address 127.0.0.1").elements().handlespace().checksum())
            .isEqualTo(ChecksumRule.RFC);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--takeover-rule larger        | --takeover-rule is 'rfc' or 'rsplib', not 'larger'",
        "--checksum sum                | --checksum is 'rfc' or 'rsplib', not 'sum'",
        "--enrp-port 70000             | --enrp-port is 0 to 65535 and not 3863, which is ASAP's: 70000",
        "--enrp-port 3863              | --enrp-port is 0 to 65535 and not 3863",
        "--enrp-port 0 --peer 10.0.0.2 | --peer, --journal and announcements need an --enrp-port",
        "--enrp-port 0 --journal here  | --peer, --journal and announcements need an --enrp-port",
        "--server-id 0                 | --server-id is a hexadecimal number from 1 to ffffffff, not '0'",
        "--server-id 123456789         | --server-id is a hexadecimal number",
        "--server-id register          | not 'register'",
        "--peer registrar.example      | --peer: 'registrar.example' is not an IP address",
        "--peer 10.0.0.2:99999         | --peer: a port is 1 to 65535, not 99999",
        "--enrp HEARTBEAT=1s           | there is no ENRP setting 'HEARTBEAT'",
        "--enrp PEER-HEARTBEAT-CYCLE   | looks like PEER-HEARTBEAT-CYCLE=200ms",
        "--enrp Reported.Timeout=9s    | Reported.Timeout is more than 0 and at most Keep.Alive.Timeout",
        "--enrp Peers.Max=1 --peer 10.0.0.2,10.0.0.3 | Peers.Max is 1, configured are 2",
        "--limit reports               | --limit is 'none' or NAME=RATE",
        "--min-address-scope moon      | --min-address-scope is loopback, link-local, site-local or global"})
    void whatCannotBeIsASentence(final String text, final String sentence) {
        assertThatThrownBy(() -> Given.of("--address 127.0.0.1 " + text)).isInstanceOf(ConfigException.class)
            .hasMessageContaining(sentence);
    }

    private static List<String> settings(final String text) {
        return CommandLine.populateCommand(new RegistrarMain(), ("--address 127.0.0.1 " + text).trim().split("\\s+"))
            .settings();
    }

    @Test
    void theStartUpLogSpeaksTheLanguageOfTheOptions() throws ConfigException {
        final String given = "--peer 127.0.0.2:9901,127.0.0.3:9911 --takeover-rule rsplib --checksum rsplib "
            + "--max-items 20 --any-address --min-address-scope site-local --limit reports=0,resolutions=7/9 "
            + "--enrp PEER-HEARTBEAT-CYCLE=200ms,Keep.Alive.Interval=2s,Subscriptions.Max=5";
        final List<String> lines = settings(given);
        assertThat(lines).hasSize(4).noneMatch(line -> line.contains("Ns=") || line.contains("["));
        assertThat(lines.get(0)).contains("--max-items 20 ", "--max-elements 1000000 ", "--checksum rsplib ",
            "--min-address-scope site-local --any-address --limit resolutions=7/9,", ",reports=0,");
        assertThat(lines.get(1)).startsWith("elements and users: Keep.Alive.Interval=2000ms,Keep.Alive.Timeout=400ms,")
            .contains(",Subscriptions.Max=5,");
        assertThat(lines.get(2)).isEqualTo("--enrp-port 9901 --takeover-rule rsplib "
            + "--peer 127.0.0.2:9901,127.0.0.3:9911");
        assertThat(lines.get(3)).startsWith("peers: PEER-HEARTBEAT-CYCLE=200ms,MAX-TIME-LAST-HEARD=250ms,");
        // what is printed means the same when it is given
        final Given first = Given.of("--address 127.0.0.1 " + given);
        final Given again = Given.of("--address 127.0.0.1 " + lines.get(0) + " " + lines.get(2)
            + " --enrp " + lines.get(1).substring("elements and users: ".length())
            + " --enrp " + lines.get(3).substring("peers: ".length()));
        assertThat(again.elements()).isEqualTo(first.elements());
        assertThat(again.peers()).isEqualTo(first.peers());
        assertThat(settings("--enrp-port 0")).as("nobody can join").hasSize(2);
    }
}
