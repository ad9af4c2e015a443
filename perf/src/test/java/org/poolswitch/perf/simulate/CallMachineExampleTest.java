// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolswitch.call.CallMachine;
import org.poolswitch.call.CallMachineFactory;
import org.poolswitch.sg.core.CallOutcome;
import org.poolswitch.sg.core.CallRecord;

/** The example of docs/call-machine.md is compiled as a user would, found with ServiceLoader, and gets calls. */
class CallMachineExampleTest {
    private static final String BLOCKED = "1202500001";

    @Test
    void theDocumentedExampleWorks(@TempDir final Path folder) throws Exception {
        final Path source = folder.resolve("BlockedPrefix.java");
        Files.writeString(source, example());
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, null, "-d", folder.toString(), "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), "-Xlint:all,-path",
                "-Werror",
            source.toString())).isZero();
        final Path services = folder.resolve("META-INF/services");
        Files.createDirectories(services);
        Files.writeString(services.resolve(CallMachineFactory.class.getName()), "example.BlockedPrefix\n");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass()
            .getClassLoader())) {
            final CallMachineFactory factory = ServiceLoader.load(CallMachineFactory.class, loader).stream()
                .map(ServiceLoader.Provider::get).filter(f -> f.name().equals("blocked-prefix")).findFirst()
                    .orElseThrow();
            placeCalls(factory.create(Map.of("prefix", BLOCKED)));
        }
    }

    private static void placeCalls(final CallMachine machine) {
        final CallWorld world = new CallWorld(7, 0.001, 60, 60, machine);
        world.run(30_000_000_000L);
        assertThat(world.complaints()).isEmpty();
        for (final CallRecord record : world.records()) {
            assertThat(record.outcome == CallOutcome.REJECTED).as(record.csv())
                .isEqualTo(record.called.startsWith(BLOCKED));
        }
        assertThat(world.records()).filteredOn(r -> r.outcome == CallOutcome.REJECTED).hasSize(10);
    }

    private static String example() throws Exception {
        final Path page = Path.of(System.getProperty("basedir", ""), "..", "docs", "call-machine.md");
        final String text = Files.readString(page);
        final int start = text.indexOf("```java\n") + "```java\n".length();
        return text.substring(start, text.indexOf("```", start));
    }
}
