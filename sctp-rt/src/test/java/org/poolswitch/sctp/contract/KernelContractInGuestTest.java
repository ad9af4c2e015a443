// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Boots a user-mode Linux whose kernel has SCTP and runs {@link KernelSctpContractTest},
 * {@link KernelPathContractInGuest} and {@link KernelEndingsInGuest} in it. Where no such guest is installed the test
 * is skipped, but not in CI: there a missing guest is a failure.
 */
class KernelContractInGuestTest {
    private static boolean installed(final String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(d -> Files.isExecutable(Path.of(d, program)));
    }

    /** The project's top folder: the one above this module's. */
    private static Path top() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    }

    @Test
    void theContractHoldsOnTheKernelsSctp() throws Exception {
        final boolean there = installed("linux.uml") && installed("busybox") && installed("ip");
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as("in CI the guest must be there: apt-get install user-mode-linux busybox-static "
                + "iproute2 libsctp1").isTrue();
        }
        assumeTrue(there, "no guest with kernel SCTP (Debian: user-mode-linux busybox-static iproute2 libsctp1)");
        final Path output = Files.createTempFile("kernel-contract", ".log");
        try {
            final ProcessBuilder builder = new ProcessBuilder(top().resolve("perf/rig/kernel-contract").toString())
                .redirectErrorStream(true).redirectOutput(output.toFile());
            final Map<String, String> environment = builder.environment();
            environment.put("TEST_CLASS_PATH",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
            environment.put("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
            final int status = builder.start().waitFor();
            final String text = Files.readString(output, StandardCharsets.UTF_8);
            System.out.print(text);
            assertThat(status).as("%s", text).isZero();
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
