// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolswitch.call.CallMachineFactory;
import org.poolswitch.gk.admission.AdmissionPolicyFactory;

/**
 * The launcher in an installation of its own: the script, the jars where it looks for them, and a call machine of a
 * user's in {@code plugins}. It is the example of docs/call-machine.md, made into a jar as that page says.
 */
class LauncherTest {
    private static final String CALLS = "20";

    @TempDir
    private Path home;
    private final List<Process> running = new ArrayList<>();

    @BeforeEach
    void install() throws IOException {
        Files.copy(Path.of(System.getProperty("basedir", ""), "..", "poolswitch"), home.resolve("poolswitch"));
        final Path lib = Files.createDirectories(home.resolve("perf/target/lib"));
        for (final Path jar : ClassPathJars.make(lib)) {
            if (!jar.startsWith(lib)) {
                Files.copy(jar, lib.resolve(jar.getFileName()));
            }
        }
    }

    @AfterEach
    void end() {
        running.forEach(Process::destroyForcibly);
        running.forEach(process -> process.onExit().join());
    }

    private Process launch(final String log, final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of("bash", home.resolve("poolswitch").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--events", "--no-warm-up", "--exit-with",
            Long.toString(ProcessHandle.current().pid())));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(home.resolve(log + ".log").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("POOLSWITCH_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Xmx128m");
        final Process process = builder.start();
        running.add(process);
        return process;
    }

    private String log(final String name) throws IOException {
        return Files.readString(home.resolve(name + ".log"));
    }

    private Process gwc() throws IOException {
        return launch("gwc", "gwc", "--address", "127.77.9.2", "--registrar", "127.77.9.1", "--call-machine",
            "blocked-prefix", "--call-machine-setting", "prefix=1900", "--cookie-key", "sixteen characters");
    }

    private List<String> jars() throws IOException {
        try (Stream<Path> jars = Files.list(home.resolve("perf/target/lib"))) {
            return jars.map(Path::toString).toList();
        }
    }

    /** Compiles the class of that name from the page and installs it as a plug-in for a service. */
    private void plugIn(final String name, final Class<?> service) throws Exception {
        final String page = Files.readString(Path.of(System.getProperty("basedir", ""), "..", "docs",
            "call-machine.md"));
        final int start = page.lastIndexOf("```java\n", page.indexOf("public final class " + name))
            + "```java\n".length();
        final Path source = Files.writeString(home.resolve(name + ".java"),
            page.substring(start, page.indexOf("```", start)));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d",
            Files.createDirectories(home.resolve("build")).toString(), "-cp", String.join(":", jars()),
            source.toString())).isZero();
        install(service, "example." + name);
    }

    private void install(final Class<?> service, final String factory) throws IOException {
        final Path services = Files.createDirectories(home.resolve("build/META-INF/services"));
        Files.writeString(services.resolve(service.getName()), factory + "\n");
        ClassPathJars.jar(home.resolve("build"), Files.createDirectories(home.resolve("plugins"))
            .resolve("plug-in.jar"));
    }

    private void assertRefused(final Process process, final String log, final String sentence) throws Exception {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(log(log)).contains(sentence).doesNotContain("\tat ");
        assertThat(process.exitValue()).isEqualTo(2);
    }

    @Test
    void aCallMachineInThePluginsFolderGetsCalls() throws Exception {
        plugIn("BlockedPrefix", CallMachineFactory.class);
        launch("registrar", "registrar", "--address", "127.77.9.1");
        gwc();
        final Process sg = launch("sg", "sg", "--address", "127.77.9.3", "--registrar", "127.77.9.1", "--calls", CALLS,
            "--rate", "50", "--called-prefix", "1900", "--impatient", "0");
        assertThat(sg.waitFor(90, TimeUnit.SECONDS)).as(log("sg") + log("gwc")).isTrue();
        assertThat(log("gwc")).contains("call machine 'blocked-prefix'");
        // neither gatekeeper nor media gateway is there: only a machine that asks neither can reject them
        assertThat(log("sg")).as(log("gwc")).containsPattern("event end offered=" + CALLS + " .*rejected=" + CALLS
            + " .*lost=0 doubled=0");
        assertThat(sg.exitValue()).isZero();
    }

    @Test
    void withoutThePluginASentenceSaysWhichMachinesThereAre() throws Exception {
        assertRefused(gwc(), "gwc", "there is no call machine 'blocked-prefix'; there are ");
    }

    @Test
    void aPluginThatCannotBeLoadedIsASentence() throws Exception {
        install(CallMachineFactory.class, "example.Misspelt");
        assertRefused(gwc(), "gwc", "Provider example.Misspelt not found");
    }

    @Test
    void anAdmissionPolicyInThePluginsFolderIsFound() throws Exception {
        plugIn("NoOnes", AdmissionPolicyFactory.class);
        assertRefused(launch("gk", "gk", "--cookie-key", "sixteen characters", "--admission", "other"), "gk",
            "there is no admission policy 'other'; there are hold, no-ones, prefix");
    }

    /** Bash runs this line, in which {@code $it} is this launcher; what it says goes to the log. */
    private Process bash(final String log, final Path it, final String line) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder("bash", "-c", line).redirectErrorStream(true)
            .redirectOutput(home.resolve(log + ".log").toFile());
        builder.environment().put("it", it.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        final Process process = builder.start();
        running.add(process);
        return process;
    }

    @Test
    void whatCannotBeWrittenIsNoSuccessButAReaderMayHaveSeenEnough() throws Exception {
        final Path it = home.resolve("poolswitch");
        final Process full = bash("full", it, "bash $it sysctl > /dev/full");
        final Process reader = bash("reader", it, "set -o pipefail; bash $it sysctl | true");
        assertThat(full.waitFor(60, TimeUnit.SECONDS) && reader.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(log("full")).isEqualTo("poolswitch: standard output could not be written\n");
        assertThat(full.exitValue()).isEqualTo(StandardOutput.LOST);
        assertThat(log("reader")).isEmpty();
        assertThat(reader.exitValue()).isZero();
    }

    /** Standard output belongs to what was asked for: programs read it. */
    @Test
    void nothingIsSaidOfClassDataThatDoNotFitAndALinkWillDo() throws Exception {
        Files.writeString(home.resolve("perf/target/poolswitch-" + Runtime.version().feature() + ".jsa"), "of old");
        final Path link = Files.createSymbolicLink(home.resolve("link to it"), home.resolve("poolswitch"));
        final Process version = bash("version", link, "bash \"$it\" --version");
        assertThat(version.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(log("version")).isEqualTo("poolswitch 0.1.0\n");
    }
}
