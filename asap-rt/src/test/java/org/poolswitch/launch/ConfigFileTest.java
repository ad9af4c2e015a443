// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Configuration files as people write them, right and wrong. */
class ConfigFileTest {
    /** A node's kinds of options. */
    @Command(name = "node", mixinStandardHelpOptions = true)
    static final class Node {
        @Option(names = "--config")
        private Path config;

        @Option(names = "--address", split = ",")
        private List<String> address = new ArrayList<>();

        @Option(names = "--secret")
        private String secret;

        @Option(names = "--port", defaultValue = "7")
        private int port;

        @Option(names = "--events")
        private boolean events;

        @Option(names = "--setting")
        private Map<String, String> settings = new LinkedHashMap<>();
    }

    @TempDir
    private Path folder;

    private Node read(final byte[] content, final String... more) throws ConfigException, IOException {
        final Path file = Files.write(folder.resolve("node.conf"), content);
        final Node node = new Node();
        final CommandLine command = new CommandLine(node);
        final List<String> args = new ArrayList<>(List.of("node"));
        args.addAll(List.of(more));
        args.addAll(List.of("--config", file.toString()));
        final String[] expanded = ConfigFile.expand(command.getCommandSpec(), args.toArray(String[]::new));
        command.parseArgs(List.of(expanded).subList(1, expanded.length).toArray(String[]::new));
        return node;
    }

    private Node read(final String content, final String... more) throws ConfigException, IOException {
        return read(content.getBytes(StandardCharsets.UTF_8), more);
    }

    @Test
    void keysAreOptionsAndTheCommandLineWins() throws Exception {
        final Node node = read("# a node\n\n address = 10.0.0.1,10.1.0.1 \nport=9\nevents = true\n"
            + "secret = a = b\\c#d\n",
            "--port", "10");
        assertThat(node.address).containsExactly("10.0.0.1", "10.1.0.1");
        assertThat(node.port).isEqualTo(10);
        assertThat(node.events).isTrue();
        assertThat(node.secret).isEqualTo("a = b\\c#d");
    }

    @Test
    void aListOfTheCommandLineReplacesTheFiles() throws Exception {
        assertThat(read("address = 10.0.0.1\n", "--address=10.0.0.2").address).containsExactly("10.0.0.2");
    }

    @Test
    void aFlagCanBeOff() throws Exception {
        assertThat(read("events = false\n").events).isFalse();
    }

    @Test
    void whatMayBeGivenSeveralTimesMayBeHereToo() throws Exception {
        final Node node = read("setting = prefix=1900\nsetting = cause=21\naddress = 10.0.0.1\naddress = 10.0.0.2\n");
        assertThat(node.settings).containsExactly(Map.entry("prefix", "1900"), Map.entry("cause", "21"));
        assertThat(node.address).containsExactly("10.0.0.1", "10.0.0.2");
    }

    @Test
    void otherEditorsFilesAreReadAsWell() throws Exception {
        final Node node = read("\ufeffsecret = gr\u00fc\u00df\r\nport = 8\r\n");
        assertThat(node.secret).isEqualTo("gr\u00fc\u00df");
        assertThat(node.port).isEqualTo(8);
    }

    @Test
    void anotherEncodingIsRefused() {
        assertThatThrownBy(() -> read("port = 8\nsecret = gr\u00fc\u00df\n".getBytes(StandardCharsets.ISO_8859_1)))
            .isInstanceOf(ConfigException.class).hasMessageContaining("is not UTF-8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "portt = 8          | line 1: 'portt' is not a setting of 'node'; --help lists them",
        "help = true        | line 1: 'help' is not a setting",
        "config = x         | line 1: 'config' is not a setting",
        "just words         | line 1: 'just words' is not 'key = value'",
        "events             | line 1: 'events' is not 'key = value'; a setting that needs no value on the command line "
            + "is 'events = true' here",
        "events = yes       | line 1: 'events' is 'true' or 'false', not 'yes'",
        "port = 8 # metrics | line 1: a comment is a line of its own; behind the value of 'port' it would be "
            + "part of it",
        "secret = # none    | line 1: a comment is a line of its own",
    })
    void whatCannotBeMeantIsASentenceWithItsLine(final String line, final String sentence) {
        assertThatThrownBy(() -> read(line + "\n")).isInstanceOf(ConfigException.class).hasMessageContaining(sentence);
    }

    @Test
    void oneValueCannotBeSetTwice() {
        assertThatThrownBy(() -> read("port = 8\nsecret = x\nport = 9\n")).isInstanceOf(ConfigException.class)
            .hasMessageEndingWith("node.conf, line 3: 'port' was set in line 1 already");
    }

    @Test
    void aFileThatCannotBeReadIsASentence() {
        final CommandLine command = new CommandLine(new Node());
        assertThatThrownBy(() -> ConfigFile.expand(command.getCommandSpec(), "node --config=/no/file".split(" ")))
            .hasMessage("cannot read the configuration file /no/file: there is no such file or directory");
        assertThatThrownBy(() -> ConfigFile.expand(command.getCommandSpec(), "node --config".split(" ")))
            .hasMessage("--config needs the name of a file");
    }

    @Test
    void aCommandWithoutConfigurationFileReadsNone() throws ConfigException {
        final String[] args = {"tool", "--config", "/no/file"};
        assertThat(ConfigFile.expand(CommandLine.Model.CommandSpec.create(), args)).isSameAs(args);
    }
}
