// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The one configuration format of all nodes: {@code key = value} lines in UTF-8, where a key is the long name of a
 * command-line option without its dashes. The command line wins over the file, the file over the built-in default.
 */
public final class ConfigFile {
    private static final String OPTION = "--config";
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final Path file;
    private final CommandSpec command;
    private final Map<String, Integer> lineOf = new HashMap<>();
    private final List<String> options = new ArrayList<>();
    private int line;

    private ConfigFile(final Path file, final CommandSpec command) {
        this.file = file;
        this.command = command;
    }

    /**
     * A command line with what its configuration file adds: the file's options come right behind the command, but for
     * those that the command line has itself.
     *
     * @param command the command that the arguments name first
     * @param args    the command line, the command's name first
     * @return the same if no file is named
     * @throws ConfigException if the file cannot be read, or a line of it cannot be meant
     */
    public static String[] expand(final CommandSpec command, final String[] args) throws ConfigException {
        final Path named = command.findOption(OPTION) == null ? null : named(args);
        if (named == null) {
            return args;
        }
        final ConfigFile config = new ConfigFile(named, command);
        config.read();
        final List<String> all = new ArrayList<>(args.length + config.options.size());
        all.add(args[0]);
        config.options.stream().filter(option -> !isGiven(nameOf(option), args)).forEach(all::add);
        all.addAll(Arrays.asList(args).subList(1, args.length));
        return all.toArray(String[]::new);
    }

    private static Path named(final String[] args) throws ConfigException {
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith(OPTION + "=")) {
                return path(args[i].substring(OPTION.length() + 1));
            }
            if (args[i].equals(OPTION)) {
                if (i + 1 == args.length) {
                    throw new ConfigException(OPTION + " needs the name of a file");
                }
                return path(args[i + 1]);
            }
        }
        return null;
    }

    private static Path path(final String name) throws ConfigException {
        try {
            return Path.of(name);
        } catch (final InvalidPathException e) {
            throw new ConfigException(OPTION + ": '" + name + "' is no file's name here: " + e.getReason());
        }
    }

    private static String nameOf(final String option) {
        return option.substring(0, option.indexOf('='));
    }

    private static boolean isGiven(final String name, final String[] args) {
        return Arrays.stream(args).anyMatch(arg -> arg.equals(name) || arg.startsWith(name + "="));
    }

    private void read() throws ConfigException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                line++;
                // editors that write a byte order mark write it at the very beginning
                final String content = (line == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                    .strip();
                if (!content.isEmpty() && !content.startsWith("#")) {
                    add(content);
                }
            }
        } catch (final CharacterCodingException e) {
            throw new ConfigException("the configuration file " + file + " is not UTF-8 behind line " + line);
        } catch (final IOException e) {
            throw new ConfigException("cannot read the configuration file " + file + ": " + IoReason.of(e));
        }
    }

    private void add(final String content) throws ConfigException {
        final int equals = content.indexOf('=');
        if (equals < 0) {
            throw complaint("'" + content + "' is not 'key = value'" + (isFlag(content) ? "; a setting that needs no "
                + "value on the command line is '" + content + " = true' here" : ""));
        }
        final String key = content.substring(0, equals).strip();
        final String value = content.substring(equals + 1).strip();
        final OptionSpec option = command.findOption("--" + key);
        if (option == null || option.usageHelp() || option.versionHelp() || key.equals("config")) {
            throw complaint("'" + key + "' is not a setting of '" + command.name() + "'; --help lists them");
        }
        final Integer before = lineOf.put(key, line);
        if (before != null && !option.isMultiValue()) {
            throw complaint("'" + key + "' was set in line " + before + " already");
        }
        if (value.matches("(.*\\s)?#.*")) {
            throw complaint("a comment is a line of its own; behind the value of '" + key + "' it would be part of it");
        }
        if (isFlag(key) && !value.equals("true") && !value.equals("false")) {
            throw complaint("'" + key + "' is 'true' or 'false', not '" + value + "'");
        }
        options.add("--" + key + "=" + value);
    }

    private boolean isFlag(final String key) {
        final OptionSpec option = command.findOption("--" + key);
        return option != null && option.type() == boolean.class;
    }

    private ConfigException complaint(final String what) {
        return new ConfigException(file + ", line " + line + ": " + what);
    }
}
