// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.sctp.DownCause;
import org.poolswitch.sctp.SctpAddress;

/** A tester with one association, or on the way to it: the exchanges that most purposes begin and end with. */
final class Association extends Tester {
    static final int WINDOW = 100_000;
    static final int STREAMS = 10;
    /** Close to its end, so that sequence numbers wrap in most tests. */
    static final int TESTER_TSN = -2;
    static final byte[] COOKIE = text(37);
    /** Settings for which lost packets show T1, T2 or T3 alone: no HEARTBEATs, and a path counts as good to the end. */
    static final Object[] TIMERS_ONLY =
        {"heartbeatIntervalNs", 0L, "pathMaxRetrans", 10, "potentiallyFailedMaxRetrans", 10};

    /** The first TSN of the endpoint. */
    int endpointTsn;
    /** The next TSN of the tester. */
    int testerTsn = TESTER_TSN;
    private int ssn;

    /** @param changes to the standard's default values, see {@link Settings} */
    Association(final Object... changes) {
        super(Settings.rfcWith(changes), List.of(E1));
    }

    private Association(final List<InetAddress> hosts, final Object... changes) {
        super(Settings.rfcWith(changes), hosts);
    }

    /** An endpoint with two addresses. */
    static Association multihomed(final Object... changes) {
        return new Association(List.of(E1, E2), changes);
    }

    /** Set up by the endpoint: ESTABLISHED. */
    static Association opened(final Object... changes) {
        return new Association(changes).connect().answerInit().answerCookie();
    }

    /** Set up by the tester: ESTABLISHED. */
    static Association accepted(final Object... changes) {
        return new Association(changes).accept();
    }

    /** An endpoint with an address of each family. */
    static Association dualStack() {
        return new Association(List.of(E1, E6));
    }

    // ---- set-up -------------------------------------------------------------------------------------------------

    /** The endpoint's user opens an association: COOKIE-WAIT, the INIT is taken off the wire. */
    Association connect(final InetAddress... hosts) {
        call(hosts);
        learn(expect(Chunk.INIT));
        return this;
    }

    int call(final InetAddress... hosts) {
        final List<InetAddress> remote = hosts.length == 0 ? List.of(T1) : List.of(hosts);
        return endpoint.connect(new SctpAddress(remote, TESTER_PORT, UDP_PORT), now);
    }

    /** Notes the endpoint's tag, port and TSN from its INIT or INIT ACK. */
    Chunk learn(final Packet packet) {
        endpointPort = packet.sourcePort();
        endpointTag = packet.first().initiateTag();
        endpointTsn = packet.first().initialTsn();
        return packet.first();
    }

    /** In COOKIE-WAIT: COOKIE-ECHOED, the COOKIE ECHO is taken off the wire. */
    Association answerInit(final Tlv... more) {
        put(initAck(more));
        assertThat(expect(Chunk.COOKIE_ECHO).first().value()).isEqualTo(COOKIE);
        return this;
    }

    Chunk initAck(final Tlv... more) {
        final List<Tlv> parameters = new ArrayList<>(List.of(new Tlv(Tlv.STATE_COOKIE, COOKIE)));
        parameters.addAll(List.of(more));
        return Chunk.initAck(testerTag, WINDOW, STREAMS, STREAMS, testerTsn, parameters.toArray(Tlv[]::new));
    }

    /** In COOKIE-ECHOED: ESTABLISHED. */
    Association answerCookie() {
        final int before = ups.size();
        put(Chunk.of(Chunk.COOKIE_ACK));
        expectNothing();
        assertThat(ups).hasSize(before + 1);
        assertThat(ups.get(before).incoming()).isFalse();
        return this;
    }

    Chunk init(final Tlv... parameters) {
        return Chunk.init(testerTag, WINDOW, STREAMS, STREAMS, testerTsn, parameters);
    }

    /** Sends INIT; the INIT ACK is taken off the wire. @return the INIT ACK */
    Chunk greet(final Tlv... parameters) {
        put(init(parameters));
        return learn(expect(Chunk.INIT_ACK));
    }

    /** Set up by the tester: ESTABLISHED. */
    Association accept(final Tlv... parameters) {
        return echo(greet(parameters).cookie());
    }

    /** Sends COOKIE ECHO: ESTABLISHED. */
    Association echo(final byte[] cookie) {
        put(Chunk.cookieEcho(cookie));
        expect(Chunk.COOKIE_ACK);
        assertThat(ups).hasSize(1);
        assertThat(ups.get(0).incoming()).isTrue();
        return this;
    }

    // ---- data ---------------------------------------------------------------------------------------------------

    /** The tester's next unfragmented message, on stream 0. */
    Chunk nextData() {
        return Chunk.data(Chunk.BE, testerTsn++, 0, ssn++, text(100));
    }

    Chunk sackUpTo(final int tsn) {
        return Chunk.sack(tsn, WINDOW);
    }

    /** The endpoint sends one DATA chunk that is not acknowledged yet. */
    Association withOutstandingData() {
        send(0, 1000);
        assertThat(expect(Chunk.DATA).first().tsn()).isEqualTo(endpointTsn);
        return this;
    }

    // ---- end ----------------------------------------------------------------------------------------------------

    /** The endpoint's user ends it: SHUTDOWN-SENT, the SHUTDOWN is taken off the wire. */
    Association shutDown() {
        endpoint.shutdown(association(), now);
        assertThat(expect(Chunk.SHUTDOWN).first().tsn()).isEqualTo(testerTsn - 1);
        return this;
    }

    /** The tester ends it: SHUTDOWN-ACK-SENT, the SHUTDOWN ACK is taken off the wire. */
    Association shutDownByTester() {
        return shutDownByTester(endpointTsn - 1);
    }

    /** @param tsn the last one of the endpoint's */
    Association shutDownByTester(final int tsn) {
        put(Chunk.shutdown(tsn));
        expect(Chunk.SHUTDOWN_ACK);
        return this;
    }

    /** From ESTABLISHED, with nothing outstanding: the endpoint closes it gracefully. */
    void closesGracefully() {
        shutDown();
        put(Chunk.of(Chunk.SHUTDOWN_ACK));
        assertThat(expect(Chunk.SHUTDOWN_COMPLETE).first().flags()).isZero();
        isDown(DownCause.SHUTDOWN);
    }

    /** From SHUTDOWN-ACK-SENT. */
    void completes() {
        put(Chunk.of(Chunk.SHUTDOWN_COMPLETE));
        expectNothing();
        isDown(DownCause.SHUTDOWN);
    }

    /** From ESTABLISHED, with nothing outstanding: the tester closes it gracefully. */
    void isClosedGracefully() {
        shutDownByTester().completes();
    }

    /** The same, but the tester has forgotten the endpoint's tag already: it reflects its own (section 8.5.1 C). */
    void isClosedReflecting() {
        shutDownByTester();
        putTagged(testerTag, T1, new Chunk(Chunk.SHUTDOWN_COMPLETE, Chunk.T, new byte[0]));
        isDown(DownCause.SHUTDOWN);
    }

    /** The user was told of one end, and the endpoint knows nothing of the association any more. */
    void isDown(final DownCause cause) {
        expectNothing();
        assertThat(downs).extracting(Down::cause).containsExactly(cause);
        put(Chunk.heartbeat(text(9)));
        assertThat(expect(Chunk.ABORT).first().flags()).isEqualTo(Chunk.T);
    }

    /** So many repetitions were in vain: there is none more, the peer is told by an ABORT, and the user. */
    void isGivenUp() {
        assertThat(downs).isEmpty();
        assertThat(await(config.rtoMaxNs() + MS, Chunk.ABORT).first().flags()).isZero();
        isDown(DownCause.PEER_SILENT);
        expectNothing(200 * SECOND);
    }

    /** The association is there and answers. */
    void isUp() {
        assertThat(downs).isEmpty();
        final Chunk heartbeat = Chunk.heartbeat(text(12));
        put(heartbeat);
        assertThat(expect(Chunk.HEARTBEAT_ACK).first().value()).isEqualTo(heartbeat.value());
    }
}
