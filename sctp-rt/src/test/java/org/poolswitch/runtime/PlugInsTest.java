// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins as users install them, right and wrong: each complaint says whose fault it is. */
class PlugInsTest {
    /** What users implement here. */
    public interface Greeter {
        String name();

        String greet(int number);
    }

    /** A good one. */
    public static class Good implements Greeter {
        @Override
        public String name() {
            return "good";
        }

        @Override
        public String greet(final int number) {
            return "hello " + number;
        }
    }

    /** Another of the same name. */
    public static final class Twin extends Good {
    }

    /** One without a name. */
    public static final class Nameless extends Good {
        @Override
        public String name() {
            return null;
        }
    }

    /** One that is called as the one that needs no plug-in. */
    public static final class Impostor extends Good {
        @Override
        public String name() {
            return "plain";
        }
    }

    /** One that cannot be made. */
    public static final class Stillborn extends Good {
        public Stillborn() {
            throw new IllegalStateException("no licence");
        }
    }

    /** One that does not do its work. */
    public static final class Broken extends Good {
        @Override
        public String greet(final int number) {
            return switch (number) {
                case 0 -> throw new IllegalArgumentException("the number is 1 or more");
                case 1 -> Integer.toString(Integer.parseInt("one"));
                case 2 -> null;
                default -> throw new NoSuchMethodError("Other.method");
            };
        }
    }

    @TempDir
    private Path folder;
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final PlugIns<Greeter> plugIns = new PlugIns<>(Greeter.class, "greeter", Greeter::name);

    @BeforeEach
    void load() throws IOException {
        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[] {folder.toUri().toURL()}, before));
    }

    @AfterEach
    void unload() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private void install(final String... names) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("META-INF/services")).resolve(Greeter.class.getName()),
            String.join("\n", names) + "\n");
    }

    private String make(final String name, final int number) {
        return plugIns.make(name, greeter -> greeter.greet(number), "plain", plain());
    }

    private static Supplier<String> plain() {
        return () -> "good day";
    }

    private void assertComplaint(final String complaint) {
        assertThatThrownBy(() -> make("good", 7)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(complaint);
    }

    @Test
    void theOneThatIsNamedIsMade() throws IOException {
        install(Good.class.getName());
        assertThat(make("good", 7)).isEqualTo("hello 7");
        assertThat(make("plain", 7)).isEqualTo("good day");
        assertThatThrownBy(() -> make("bad", 7)).hasMessage("there is no greeter 'bad'; there are good, plain");
    }

    @Test
    void aServiceFileThatNamesNothing() throws IOException {
        install("example.Absent");
        assertComplaint("a plug-in for " + Greeter.class.getName() + " cannot be used: ");
        assertComplaint("example.Absent not found");
        install("not a class");
        assertComplaint("Illegal configuration-file syntax");
        install(PlugInsTest.class.getName());
        assertComplaint(PlugInsTest.class.getName() + " not a subtype");
    }

    @Test
    void aClassThatIsNone() throws IOException {
        // what a compiler for Java 99 would write
        Files.write(Files.createDirectories(folder.resolve("example")).resolve("Newer.class"),
            new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, (byte) 143});
        install("example.Newer");
        assertComplaint("class file version 143.0");
    }

    @Test
    void onesThatCannotBeToldApart() throws IOException {
        install(Good.class.getName(), Twin.class.getName());
        assertComplaint("two plug-ins make a greeter 'good': " + Good.class.getName() + " and " + Twin.class.getName());
        install(Nameless.class.getName());
        assertComplaint("the greeter of " + Nameless.class.getName() + " has no name");
        install(Impostor.class.getName());
        assertComplaint("is called 'plain' like the one that is there without any plug-in");
    }

    @Test
    void onesThatCannotBeMadeSayWhere() throws IOException {
        install(Stillborn.class.getName());
        assertComplaint("java.lang.IllegalStateException: no licence at " + Stillborn.class.getName());
    }

    @Test
    void itsOwnSentenceIsLeftAndWhateverElseItThrowsBecomesOne() throws IOException {
        install(Broken.class.getName());
        assertThatThrownBy(() -> make("good", 0)).hasMessage("the number is 1 or more");
        assertThatThrownBy(() -> make("good", 1)).hasMessageStartingWith("greeter 'good' could not be made: "
            + "java.lang.NumberFormatException: For input string: \"one\" at " + Broken.class.getName() + ".greet");
        assertThatThrownBy(() -> make("good", 2)).hasMessage("greeter 'good' could not be made: "
            + Broken.class.getName() + " returned null");
        assertThatThrownBy(() -> make("good", 3)).hasMessageContaining("java.lang.NoSuchMethodError: Other.method");
    }

    @Test
    void onlyTheMachineItselfEndsANode() {
        assertThat(PlugIns.survivable(new NoClassDefFoundError())).isTrue();
        assertThat(PlugIns.survivable(new StackOverflowError())).isTrue();
        assertThat(PlugIns.survivable(new OutOfMemoryError())).isFalse();
    }
}
