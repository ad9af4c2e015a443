// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.poolswitch.launch.AddressText;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.PolicyName;

/** Words that operators write and read. */
class ToolTextTest {
    @Test
    void policiesAsTheyStandOnTheWire() throws ConfigException {
        assertThat(PolicyName.parse("RR")).isEqualTo(Wire.octets("00000001"));
        assertThat(PolicyName.parse("wrr:3")).isEqualTo(Wire.octets("00000002 00000003"));
        assertThat(PolicyName.parse("PRIO:4294967295")).isEqualTo(Wire.octets("00000005 ffffffff"));
        assertThat(PolicyName.parse("LU:100%")).isEqualTo(Wire.octets("40000001 ffffffff"));
        assertThat(PolicyName.parse("LUD:50%, 0%")).isEqualTo(Wire.octets("40000002 80000000 00000000"));
    }

    @Test
    void policiesAsPeopleReadThem() {
        assertThat(PolicyName.values(Wire.octets("00000001"))).isEmpty();
        assertThat(PolicyName.values(Wire.octets("40000003 20000000 0ccccccc"))).isEqualTo(
            "load 12.5%, degradation 5%");
        assertThat(PolicyName.name(0xb0001004)).isEqualTo("RPLUD");
        assertThat(PolicyName.name(0x90000001)).isEqualTo("0x90000001");
        assertThat(PolicyName.values(Wire.octets("90000001 00000007"))).isEqualTo("value 7");
    }

    @Test
    void wrongPoliciesGetASentence() {
        assertThatThrownBy(() -> PolicyName.parse("BEST")).isInstanceOf(ConfigException.class)
            .hasMessageContaining("none of RR, WRR:WEIGHT");
        assertThatThrownBy(() -> PolicyName.parse("LUD:5%")).isInstanceOf(ConfigException.class)
            .hasMessage("--policy: LUD has 2 values (load, degradation), not 1");
        assertThatThrownBy(() -> PolicyName.parse("LU:101%")).hasMessageContaining("0% to 100%");
        assertThatThrownBy(() -> PolicyName.parse("LU:5")).hasMessageContaining("0% to 100%");
        assertThatThrownBy(() -> PolicyName.parse("WRR:x")).hasMessageContaining("number of 32 bits");
    }

    @Test
    void handlesAreTextOrOctets() throws ConfigException {
        assertThat(HandleText.parse("gwc")).isEqualTo("gwc".getBytes(StandardCharsets.US_ASCII));
        assertThat(HandleText.parse("0x00ff")).isEqualTo(new byte[] {0, (byte) 0xff});
        assertThat(HandleText.of(new byte[] {0, (byte) 0xff})).isEqualTo("0x00ff");
        assertThatThrownBy(() -> HandleText.parse("0x0")).hasMessageContaining("pairs of hexadecimal digits");
        final byte[] text = "0xdead".getBytes(StandardCharsets.US_ASCII);
        assertThat(HandleText.parse(HandleText.of(text))).as("text that looks like digits").isEqualTo(text);
        assertThatThrownBy(() -> HandleText.parse("x".repeat(1025))).hasMessageContaining("1 to 1024 octets, not 1025");
    }

    @Test
    void addressesWithAndWithoutPorts() throws ConfigException {
        assertThat(AddressText.peer("--x", "10.0.0.1", 3863, 0)).hasToString("10.0.0.1:3863");
        assertThat(AddressText.peer("--x", "10.0.0.1+10.1.0.1:99", 3863, 0)).hasToString("10.0.0.1+10.1.0.1:99");
        assertThat(AddressText.peer("--x", "[::1]:99", 3863, 0).port()).isEqualTo(99);
        assertThat(AddressText.peer("--x", "::1", 3863, 0).port()).isEqualTo(3863);
        assertThatThrownBy(() -> AddressText.peer("--x", "host:99", 1, 0)).hasMessage(
            "--x: 'host' is not an IP address");
        assertThatThrownBy(() -> AddressText.peer("--x", "10.0.0.1:99999", 1, 0)).hasMessageContaining("1 to 65535");
    }

    @Test
    void pingsAsRsplibSpeaksThem() {
        final ByteBuffer ping = ByteBuffer.wrap(PingPong.ping(7));
        assertThat(ping.array()).isEqualTo(Wire.octets("01000012 0000000000000007 70696e672037"));
        final ByteBuffer pong = ByteBuffer.wrap(PingPong.pong(ping, 9));
        assertThat(pong.array()).isEqualTo(Wire.octets("0200001a 0000000000000007 0000000000000009 70696e672037"));
        assertThat(PingPong.is(PingPong.PONG, pong)).isTrue();
        assertThat(PingPong.is(PingPong.PING, pong)).isFalse();
        assertThat(PingPong.is(PingPong.PONG, pong.slice(0, 20))).isFalse();
        // the cookie of a captured COOKIE_ECHO
        assertThat(PingPong.cookie(0xd3)).isEqualTo(Wire.octets("3c50502d 5444313e 00000000 000000d3"));
        assertThat(PingPong.nextReply(ByteBuffer.wrap(PingPong.cookie(0xd3)))).isEqualTo(0xd3);
        assertThat(PingPong.nextReply(ByteBuffer.wrap(new byte[16]))).isEqualTo(-1);
    }
}
