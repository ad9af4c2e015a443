// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/embedding.md, compiled as a user would and run as processes of their own. */
class EmbeddingExampleTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?public final class (\\w+).*?)```",
        Pattern.DOTALL);
    private static final long PATIENCE_SECONDS = 90;
    private static final int QUESTIONS = 500;

    @TempDir
    private Path folder;
    private JavaProcesses processes;

    @BeforeEach
    void compile() throws IOException {
        processes = new JavaProcesses(folder, folder + ":" + JavaProcesses.LIBRARY);
        final List<String> arguments = new ArrayList<>(List.of("-d", folder.toString(), "-cp", JavaProcesses.LIBRARY,
            "-Xlint:all,-path", "-Werror"));
        final Matcher examples = EXAMPLE.matcher(Files.readString(
            Path.of(System.getProperty("basedir", ""), "..", "docs", "embedding.md")));
        while (examples.find()) {
            arguments.add(Files.writeString(folder.resolve(examples.group(2) + ".java"), examples.group(1))
                .toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
            .isZero();
    }

    @AfterEach
    void end() {
        processes.close();
    }

    private Process start(final String log, final String... arguments) throws IOException {
        return processes.start(log, arguments);
    }

    private int run(final String log, final String... arguments) throws Exception {
        final Process process = start(log, arguments);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(log(log)).isTrue();
        return process.exitValue();
    }

    private String log(final String name) throws IOException {
        return processes.log(name);
    }

    private long count(final String name, final String words) throws IOException {
        return log(name).lines().filter(line -> line.contains(words)).count();
    }

    /** Waits until the registrar answers and knows so many elements. */
    private void awaitElements(final int elements) throws Exception {
        final long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        long known;
        do {
            final int status = run("pools", "org.poolswitch.perf.Main", "pools", "--registrar", "127.77.12.1",
                "--json");
            known = status == 0 ? Pattern.compile("\"homeRegistrar\"").matcher(log("pools")).results().count() : -1;
        } while (known != elements && System.nanoTime() < giveUp);
        assertThat(known).as(log("pools")).isEqualTo(elements);
    }

    @Test
    void sctpAloneSaysHello() throws Exception {
        assertThat(run("hello", "example.Hello")).as(log("hello")).isZero();
        assertThat(log("hello").lines()).containsExactly("heard hello", "echoed hello",
            "ended: SHUTDOWN, 0 messages not delivered", "ended: SHUTDOWN, 0 messages not delivered");
    }

    @Test
    void aPoolAnswersEveryQuestionThoughAnElementIsKilled() throws Exception {
        start("registrar", "org.poolswitch.perf.Main", "registrar", "--address", "127.77.12.1", "--no-warm-up",
            "--exit-with", Long.toString(ProcessHandle.current().pid()));
        final Process killed = start("killed", "example.Directory", "element", "127.77.12.2", "127.77.12.1");
        final Process drained = start("drained", "example.Directory", "element", "127.77.12.3", "127.77.12.1");
        awaitElements(2);
        final Process user = start("user", "example.Directory", "user", "127.77.12.4", "127.77.12.1",
            Integer.toString(QUESTIONS));
        while (user.isAlive() && count("user", "subscriber") < QUESTIONS / 5) {
            Thread.sleep(20);
        }
        killed.destroyForcibly();
        assertThat(user.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(log("user")).isTrue();
        for (int number = 1; number <= QUESTIONS; number++) {
            assertThat(log("user").lines()).contains(number + " is subscriber " + number);
        }
        assertThat(log("user")).doesNotContain("no answer", "not asked");
        drained.getOutputStream().close();
        assertThat(drained.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(log("drained")).isTrue();
        assertThat(drained.exitValue()).as(log("drained")).isZero();
        awaitElements(0);
    }
}
