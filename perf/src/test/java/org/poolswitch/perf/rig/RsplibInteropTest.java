// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.poolswitch.perf.Peers;

/**
 * Registrars, elements and users of RSPLIB and ours in every mixture, on the kernel's SCTP in guests that are booted
 * once. {@code perf/rig/rsplib} says what runs and when something is killed; here is what must have come of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RsplibInteropTest {
    private static final String THEIR_PROGRAMS = "rsplib-registrar rsplib-services rsplib-tools";
    private RsplibRun run;

    @BeforeAll
    void boot() throws Exception {
        Peers.needGuest();
        Peers.need("rspregistrar", THEIR_PROGRAMS);
        Peers.need("rspserver", THEIR_PROGRAMS);
        Peers.need("hsdump", THEIR_PROGRAMS);
        Peers.need("dumpcap", "tshark");
        run = RsplibRun.boot("at-theirs at-ours", "mesh", "more", "change");
    }

    /** A second of pings. */
    private static final int ON_THEIR_WAY = 10;

    private static String ack(final String element) {
        return "Ack #[0-9]+ from PE \\$" + element + " \\(reply #([0-9]+)\\)";
    }

    // ---- one registrar, theirs or ours ----------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"at-theirs", "at-ours"})
    void theirUserHasOurElement(final String at) {
        assertThat(run.count(at + "-their-user", ack(run.identifier(at + "-ours-1"))))
            .as(run.story(at + "-their-user", at + "-ours-1", at + "-registrar")).isGreaterThanOrEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"at-theirs", "at-ours"})
    void ourUserHasTheirElement(final String at) {
        assertThat(run.count(at + "-our-user", "pong [0-9]+ from 000000b1, reply"))
            .as(run.story(at + "-our-user", at + "-theirs-1", at + "-registrar")).isGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"at-theirs", "at-ours"})
    void theirUserFailsOverFromOurElementToTheirsAndBackWithItsCookie(final String at) {
        final String log = at + "-their-user";
        assertThat(run.all(log, "state=(RSERPOOL_FAILOVER_COMPLETE), cookie=yes"))
            .as(run.story(log, at + "-theirs-1", at + "-ours-2")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(run.count(log, ack("000000b1"))).as(run.story(log)).isPositive();
        assertThat(run.count(log, ack(run.identifier(at + "-ours-2")))).as(run.story(log)).isPositive();
        // the reply numbers go on: the cookie was understood, by theirs and by ours
        assertThat(run.all(log, "Detected gap of (-[0-9]+)")).as(run.story(log)).isEmpty();
        assertThat(run.count(at + "-ours-2", "event element .*takenover=[12]"))
            .as(run.story(at + "-ours-2")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"at-theirs", "at-ours"})
    void ourUserFailsOverFromOurElementToTheirsAndBackWithItsCookieAndWithoutALoss(final String at) {
        final String log = at + "-our-user";
        final String last = run.identifier(at + "-ours-2");
        assertThat(run.count(log, "failover from " + run.identifier(at + "-ours-1")
            + " \\(\\w+\\) to 000000b1, with a cookie")).as(run.story(log, at + "-ours-1")).isEqualTo(1);
        assertThat(run.count(log, "failover from 000000b1 \\(\\w+\\) to " + last + ", with a cookie"))
            .as(run.story(log)).isEqualTo(1);
        final int sent = Integer.parseInt(run.all(log, " ([0-9]+) sent, [0-9]+ answered").get(0));
        final int answered = Integer.parseInt(run.all(log, " sent, ([0-9]+) answered").get(0));
        // it is stopped between two pings, or with some on their way: those, and no others, have no answer
        assertThat(run.all(log, "pong ([0-9]+) from").stream().map(Integer::valueOf).distinct())
            .as(run.story(log)).hasSize(answered).allMatch(number -> number <= answered);
        assertThat(sent - answered).as(run.story(log)).isBetween(0, ON_THEIR_WAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"at-theirs", "at-ours"})
    void everyPolicyOfTheirsIsRegisteredAndShown(final String at) {
        final String[][] policies = {{"RoundRobin", "RR", ""}, {"WeightedRoundRobin", "WRR", "\"weight\":3"},
            {"Random", "RAND", ""}, {"WeightedRandom", "WRAND", "\"weight\":4"}, {"Priority", "PRIO", "\"priority\":5"},
            {"LeastUsed", "LU", "\"load\":0"},
            {"LeastUsedDegradation", "LUD", "\"load\":0,\"degradation\":1073741824"},
            {"PriorityLeastUsed", "PLU", "\"load\":0,\"degradation\":2147483648"},
            {"RandomizedLeastUsed", "RLU", "\"load\":0"},
            {"PriorityLeastUsedDegradation", "PLUD", "\"load\":0,\"degradation\":1073741824"},
            {"LeastUsedDPF", "LU-DPF", "\"load\":0,\"load-dpf\":2147483648,\"distance\":[0-9]+"},
            {"LeastUsedDegradationDPF", "LUD-DPF",
                "\"load\":0,\"degradation\":1073741824,\"load-dpf\":2147483648,\"distance\":[0-9]+"},
            {"WeightedRandomDPF", "WRAND-DPF", "\"weight\":4,\"weight-dpf\":2147483648,\"distance\":[0-9]+"}};
        for (int i = 0; i < policies.length; i++) {
            final String id = String.format("%08x", i + 17);
            assertThat(run.count(at + "-pools", "\"pool\":\"" + policies[i][0] + "\",\"policy\":\"" + policies[i][1]
                + "\",\"elements\":\\[\\{\"element\":\"" + id + "\",[^}]*\"policyValues\":\\{" + policies[i][2]
                + "\\}")).as("%s: %s", policies[i][0], run.story(at + "-pools", at + "-registrar")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"at-theirs", "at-ours"})
    void ourElementSharesTheirPoolWithItsOwnLoadAndAnotherPolicyIsRefused(final String at) {
        final String ours = run.identifier(at + "-lud");
        assertThat(run.count(at + "-lud-resolved", "\"element\":\"" + ours + "\"[^}]*\"load\":2147483648,"
            + "\"degradation\":214748365\\}")).as(run.story(at + "-lud-resolved", at + "-lud")).isEqualTo(1);
        assertThat(run.log(at + "-lud-resolved")).contains("\"element\":\"00000017\"");
        assertThat(run.log(at + "-pools")).doesNotContain(run.identifier(at + "-wrong"));
        assertThat(run.count(at + "-wrong", "refuses this element in pool LeastUsed")).as(run.story(at + "-wrong"))
            .isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"at-theirs", "at-ours"})
    void anUnknownPoolIsSaidToBeOne(final String at) {
        assertThat(run.log(at + "-unknown")).contains("knows no pool 'Nobody'").endsWith("status 4\n");
    }

    // ---- their tools at our registrar -----------------------------------------------------------------------------

    @Test
    void theirCalculatorsCalculate() throws Exception {
        assertThat(run.file("at-ours-calcappclient.sca")).as(run.story("at-ours-calcappclient")).content(
            StandardCharsets.ISO_8859_1).containsPattern("CalcAppPU.*[Cc]ompleted.* [1-9]");
    }

    @Test
    void theirTerminalIsEchoed() {
        assertThat(run.log("at-ours-terminal")).as(run.story("at-ours-terminal", "at-ours-echo"))
            .contains("echo one").contains("echo two").contains("echo three");
    }

    @Test
    void theirServerRegistersAgainWhenOurOnlyRegistrarComesBackAndNobodyNoticed() {
        assertThat(run.log("at-ours-again-resolved")).as(run.story("at-ours-again-resolved", "at-ours-stays",
            "at-ours-registrar-again")).contains("\"element\":\"000000b2\"").endsWith("status 0\n");
        for (final String user : new String[] {"at-ours-stays-their-user", "at-ours-stays-our-user"}) {
            assertThat(run.log(user)).as(run.story(user)).doesNotContain("FAILOVER").doesNotContain("failover from")
                .doesNotContain("session failed");
        }
    }

    // ---- a mesh: theirs first, two of ours join, theirs is killed --------------------------------------------------

    private static String home(final String element, final String registrar) {
        return "\"element\":\"" + element + "\",\"homeRegistrar\":\"" + registrar + "\"";
    }

    @ParameterizedTest
    @ValueSource(strings = {"o1", "o2"})
    void oursJoinTheirsAndDownloadItsTable(final String registrar) {
        assertThat(run.log("mesh-1-" + registrar + "-downloaded")).as(run.story("mesh-1-" + registrar, "mesh-1-t1"))
            .contains(home("000000b1", "22222222"));
        assertThat(run.log("mesh-1-" + registrar)).contains("event peer server=22222222 at=10.9.0.11:9901");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t1", "o1", "o2"})
    void registrationsAtEachReachEverybody(final String registrar) {
        assertThat(run.log("mesh-1-" + registrar + "-updated"))
            .as(run.story("mesh-1-" + registrar + "-updated", "mesh-1-t1", "mesh-1-o1", "mesh-1-o2"))
            .contains(home("000000b1", "22222222"), home("000000b2", "11111111"),
                home(run.identifier("mesh-1-ours"), "33333333"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"t1", "o1", "o2"})
    void aDeregistrationReachesEverybody(final String registrar) {
        assertThat(run.log("mesh-1-" + registrar + "-left")).as(run.story("mesh-1-ours", "mesh-1-o2"))
            .contains(home("000000b1", "22222222"), home("000000b2", "11111111"))
            .doesNotContain(run.identifier("mesh-1-ours"));
    }

    @Test
    void theirDumpOfOurHandlespaceHasAll() {
        assertThat(run.log("mesh-1-hsdump")).as(run.story("mesh-1-hsdump", "mesh-1-o1"))
            .contains("$22222222 -> \"PingPongPool\" / $000000b1", "$11111111 -> \"PingPongPool\" / $000000b2",
                "$33333333 -> \"PingPongPool\" / $" + run.identifier("mesh-1-ours"));
    }

    @Test
    void checksumsOfEverybodyAreThoseOfAnIndependentSumAndNobodySynchronizes() throws Exception {
        final List<String> said = run.fields("mesh-1", "enrp.message_type == 1 && sctp", "enrp.sender_servers_id",
            "enrp.pe_checksum");
        final String story = run.story("mesh-1-t1", "mesh-1-o1", "mesh-1-o2");
        assertThat(said).as(story).contains(presence("22222222", "000000b1"), presence("11111111", "000000b2"),
            presence("33333333", run.identifier("mesh-1-ours")), presence("33333333"));
        assertThat(run.count("mesh-1-t1", "Handle Table synchronization with peer \\$(11111111|33333333) is necessary"))
            .as(story).isZero();
        assertThat(run.count("mesh-1-o1", "event audit server=22222222")).as(story).isZero();
        assertThat(run.count("mesh-1-o2", "event audit server=22222222")).as(story).isZero();
    }

    /** A PRESENCE's fields; the checksum is RFC 1071's over handle and identifiers (RFC 5353 section 3.6). */
    private static String presence(final String server, final String... elements) {
        int sum = 0;
        for (final String element : elements) {
            final byte[] handle = "PingPongPool".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < handle.length; i += 2) {
                sum += handle[i] << 8 | handle[i + 1];
            }
            final int id = Integer.parseUnsignedInt(element, 16);
            sum += (id >>> 16) + (id & 0xffff);
        }
        while (sum > 0xffff) {
            sum = (sum >>> 16) + (sum & 0xffff);
        }
        return String.format("0x%s\t0x%04x", server, ~sum & 0xffff);
    }

    @Test
    void oursTakeOverWhatTheirDeadRegistrarOwnedAndAgreeOnIt() {
        final String story = run.story("mesh-1-o1", "mesh-1-o2", "mesh-1-b1", "mesh-1-o1-taken", "mesh-1-o2-taken");
        final List<String> homes = run.all("mesh-1-kept", home("000000b1", "([0-9a-f]{8})"));
        assertThat(homes).as(story).hasSize(1).isSubsetOf("11111111", "33333333");
        for (final String registrar : new String[] {"o1", "o2"}) {
            assertThat(run.log("mesh-1-" + registrar + "-taken")).as(story).contains(home("000000b1", homes.get(0)));
            assertThat(run.log("mesh-1-" + registrar)).as(story)
                .contains("event takeover server=22222222 by=" + homes.get(0) + " elements=1");
        }
        // the elements' users felt nothing
        assertThat(run.log("mesh-1-user")).as(run.story("mesh-1-user")).doesNotContain("FAILOVER");
    }

    // ---- a mesh: ours first, two of theirs join, ours is killed and comes back -------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"t1", "t2", "o1"})
    void theirsJoinOursAndDownloadItsTable(final String registrar) {
        assertThat(run.log("mesh-2-" + registrar)).as(run.story("mesh-2-t1", "mesh-2-t2", "mesh-2-o1"))
            .isNotEmpty();
        assertThat(run.log("mesh-2-" + registrar + "-joined")).as(run.story("mesh-2-t1", "mesh-2-t2", "mesh-2-o1"))
            .contains(home("000000b1", "33333333"), home("000000b2", "22222222"),
                home(run.identifier("mesh-2-ours"), "33333333"));
    }

    @Test
    void theirsTakeOverWhatOurDeadRegistrarOwnedAndOurRegistrarComesBackIntoTheirMesh() {
        final String story = run.story("mesh-2-t1", "mesh-2-t2", "mesh-2-b1", "mesh-2-ours", "mesh-2-again");
        final List<String> homes = run.all("mesh-2-t1-taken", home("000000b1", "([0-9a-f]{8})"));
        assertThat(homes).as(story).hasSize(1).isSubsetOf("11111111", "22222222");
        for (final String log : new String[] {"mesh-2-t1-taken", "mesh-2-t2-taken", "mesh-2-again-downloaded"}) {
            // theirs is inherited; ours did not wait for that, and has registered at the next
            assertThat(run.log(log)).as(story).contains(home("000000b1", homes.get(0)), home("000000b2", "22222222"),
                home(run.identifier("mesh-2-ours"), "11111111"));
        }
    }

    /** It calls from a port that nobody can call, and knows no other registrar: its ASAP transport has to be right. */
    @Test
    void theirsFindOurElementOnTheKernelsSctpWhenItsRegistrarIsDead() {
        final String lone = run.identifier("mesh-2-lone");
        assertThat(run.count("mesh-2-lone", "registrar (11111111|22222222) at 10.9.0.1[13]:[0-9]+ took this node over"))
            .as(run.story("mesh-2-lone", "mesh-2-t1", "mesh-2-t2")).isPositive();
        assertThat(run.all("mesh-2-kept", home(lone, "(11111111|22222222)"))).as(run.story("mesh-2-kept",
            "mesh-2-lone")).hasSize(1);
    }

    // ---- ours comes back from its journal; a mesh of five; IPv6 ----------------------------------------------------

    @Test
    void ourRegistrarComesBackFromItsJournalWithTheirElement() {
        final String story = run.story("more-again", "more-t1", "more-b1");
        assertThat(run.log("more-again-first")).as(story).contains(home("000000b1", "33333333"),
            home(run.identifier("more-ours"), "33333333"));
        // at once, before anybody could register again
        assertThat(run.count("more-again", "event in-service peers=[0-9] elements=2")).as(story).isEqualTo(1);
        assertThat(run.identifier("more-again")).isEqualTo("33333333");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t1", "o1", "o2", "t2", "o3"})
    void threeOfOursAndTwoOfTheirsAreOneMesh(final String registrar) {
        assertThat(run.log("more-" + registrar + "-five")).as(run.story("more-" + registrar + "-five", "more-t1",
            "more-again", "more-o2", "more-o3", "more-t2")).contains(home("000000b1", "33333333"),
            home("000000b2", "22222222"), home(run.identifier("more-ours"), "33333333"));
    }

    @Test
    void theirDumpOfAHandlespaceThatOursHasByDownloadHasAll() {
        assertThat(run.log("more-hsdump")).as(run.story("more-hsdump", "more-o3")).contains(
            "$33333333 -> \"PingPongPool\" / $000000b1", "$22222222 -> \"PingPongPool\" / $000000b2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t1", "o1"})
    void bothKindsOfRegistrarsKnowBothKindsOfElementsByIpv6(final String registrar) {
        assertThat(run.log("v6-" + registrar + "-knows")).as(run.story("v6-t1", "v6-o1", "v6-b1", "v6-ours"))
            .contains(home("000000b1", "33333333"), home(run.identifier("v6-ours"), "11111111"),
                "\"addresses\":[\"fd00:9:0:0:0:0:0:21\"]", "\"addresses\":[\"fd00:9:0:0:0:0:0:22\"]");
    }

    @Test
    void bothKindsOfUsersAreServedByIpv6() {
        assertThat(run.count("v6-their-user", "Ack #[0-9]+")).as(run.story("v6-their-user")).isGreaterThanOrEqualTo(5);
        assertThat(run.log("v6-our-user")).as(run.story("v6-our-user")).contains("20 sent, 20 answered");
    }

    // ---- elements and registrars that come and go ------------------------------------------------------------------

    @Test
    void theirElementThatIsStoppedIsRemovedAndComesBackByItself() {
        assertThat(run.log("change-o1-evicted")).as(run.story("change-o1", "change-b1")).doesNotContain("000000b1")
            .contains(run.identifier("change-ours"));
        assertThat(run.log("change-o1-returned")).as(run.story("change-o1", "change-b1")).contains("000000b1");
        assertThat(run.log("change-t1-returned")).as(run.story("change-t1", "change-b1")).contains("000000b1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t1", "o1"})
    void whenAllRegistrarsWereKilledAndStartedAgainTheyKnowAllElements(final String registrar) {
        final String story = run.story("change-o1-again", "change-t1-again", "change-b1", "change-ours");
        assertThat(run.log("change-" + registrar + "-again-theirs")).as(story).contains("000000b1");
        assertThat(run.log("change-" + registrar + "-again-ours")).as(story).contains(run.identifier("change-ours"));
    }

    @Test
    void noUserNoticesThatAllRegistrarsAreDead() {
        final String log = "change-our-user";
        final int sent = Integer.parseInt(run.all(log, " ([0-9]+) sent, [0-9]+ answered").get(0));
        final int answered = Integer.parseInt(run.all(log, " sent, ([0-9]+) answered").get(0));
        assertThat(sent - answered).as(run.story(log)).isBetween(0, ON_THEIR_WAY);
        assertThat(run.log(log)).as(run.story(log)).contains(" 0 breaks in the reply numbers");
        assertThat(run.all("change-their-user", "Detected gap of (-[0-9]+)")).as(run.story("change-their-user"))
            .isEmpty();
    }

    // ---- everything -----------------------------------------------------------------------------------------------

    @Test
    void nothingWasWaitedForInVain() {
        assertThat(run.statuses()).as(run.story()).containsExactly(0, 0, 0, 0);
        assertThat(run.story()).doesNotContain("TIMEOUT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"at-theirs", "at-ours", "mesh-1", "mesh-2", "more", "change"})
    void tsharkUnderstandsEveryMessage(final String capture) throws Exception {
        assertThat(run.fields(capture, "asap || enrp", "frame.number")).as("messages in %s", capture)
            .hasSizeGreaterThan(50);
        // RSPLIB refuses a policy without saying which the pool has (cause 0x5, RFC 5354 section 3.10.6): its own fault
        assertThat(run.fields(capture, "(_ws.malformed || (asap || enrp) && _ws.expert.severity >= 0x600000) && "
            + "!(ip.src == 10.9.0.11 && asap.message_type == 3 && asap.cause_code == 5)", "frame.number",
            "_ws.expert.message")).as("complaints about %s", capture).isEmpty();
    }
}
