// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The import arrows of docs/architecture.md. */
@AnalyzeClasses(packages = "org.poolswitch", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] MACHINES = {"org.poolswitch.sctp.core..", "org.poolswitch.sctp.wire..",
        "org.poolswitch.asap", "org.poolswitch.asap.core..", "org.poolswitch.asap.wire..", "org.poolswitch.rserpool..",
        "org.poolswitch.enrp.core..", "org.poolswitch.sg.core..", "org.poolswitch.gwc.core..",
        "org.poolswitch.gk.core..",
        "org.poolswitch.gk.admission..", "org.poolswitch.mg.core..", "org.poolswitch.call.."};
    private static final String[] CODECS = {"org.poolswitch.m3ua..", "org.poolswitch.isup..", "org.poolswitch.ras..",
        "org.poolswitch.megaco..", "org.poolswitch.rserpool..", "org.poolswitch.sctp.wire.."};

    @ArchTest
    static final ArchRule MACHINES_HAVE_NO_SOCKET_THREAD_OR_LOG = noClasses().that().resideInAnyPackage(MACHINES)
        .should().dependOnClassesThat().resideInAnyPackage("java.nio.channels..", "io.netty..", "org.slf4j..",
            "java.util.concurrent..", "ch.qos.logback..", "io.micrometer..", "com.lmax..", "picocli..")
        .because("machines run in the simulator exactly as in production");

    @ArchTest
    static final ArchRule MACHINES_HAVE_NO_CLOCK = noClasses().that().resideInAnyPackage(MACHINES)
        .should().callMethod(System.class, "nanoTime").orShould().callMethod(System.class, "currentTimeMillis")
        .because("time is an argument");

    @ArchTest
    static final ArchRule MACHINES_HAVE_NO_DICE = noClasses().that().resideInAnyPackage(MACHINES)
        .should().dependOnClassesThat().haveNameMatching("java\\.util\\.Random|java\\.lang\\.Thread"
            + "|java\\.security\\.SecureRandom|java\\.util\\.concurrent\\.ThreadLocalRandom")
        .because("chance is a generator given at construction");

    @ArchTest
    static final ArchRule CODECS_STAND_ALONE = classes().that().resideInAnyPackage(CODECS).should()
        .onlyDependOnClassesThat(resideInAnyPackage(CODECS).or(resideInAnyPackage("java.."))
            .or(resideInAnyPackage("org.poolswitch.runtime", "org.poolswitch.sctp")))
        .because("a codec knows bytes and nothing of nodes");

    @ArchTest
    static final ArchRule TRANSPORT_KNOWS_NO_SIGNALING = noClasses().that()
        .resideInAnyPackage("org.poolswitch.sctp..", "org.poolswitch.runtime..", "org.poolswitch.observe..",
            "org.poolswitch.sim..")
        .should().dependOnClassesThat(resideInAnyPackage("org.poolswitch..").and(not(resideInAnyPackage(
            "org.poolswitch.sctp..", "org.poolswitch.runtime..", "org.poolswitch.observe..", "org.poolswitch.sim.."))))
        .because("sctp-rt is of use without the rest");

    @ArchTest
    static final ArchRule POOLING_KNOWS_NO_CALLS = noClasses().that()
        .resideInAnyPackage("org.poolswitch.asap..", "org.poolswitch.rserpool..", "org.poolswitch.enrp..")
        .should().dependOnClassesThat().resideInAnyPackage("org.poolswitch.sg..", "org.poolswitch.gwc..",
            "org.poolswitch.gk..", "org.poolswitch.mg..", "org.poolswitch.isup..", "org.poolswitch.ras..",
            "org.poolswitch.megaco..", "org.poolswitch.m3ua..", "org.poolswitch.call..")
        .because("ASAP and ENRP serve any application");
}
