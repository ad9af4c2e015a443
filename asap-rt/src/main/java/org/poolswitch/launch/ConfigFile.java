// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The one configuration format of all nodes: {@code key = value} lines, where a key is the long name of a command-line
 * option without its dashes. The command line wins over the file, the file over the built-in default.
 */
public final class ConfigFile implements IDefaultValueProvider {
    private final Properties values;

    private ConfigFile(final Properties values) {
        this.values = values;
    }

    /**
     * Reads the file named by {@code --config} among the arguments, if there is one, and makes it the command's source
     * of defaults.
     *
     * @throws ConfigException if the file cannot be read or has a key that is no option of this command
     */
    public static void apply(final CommandLine command, final String[] args) throws ConfigException {
        final Path file = named(args);
        if (file == null) {
            return;
        }
        final Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            values.load(reader);
        } catch (final IOException e) {
            throw new ConfigException("cannot read the configuration file " + file + ": " + IoReason.of(e));
        } catch (final IllegalArgumentException e) {
            throw new ConfigException("cannot read the configuration file " + file + ": " + e.getMessage());
        }
        checkKeys(file, values, command.getCommandSpec());
        command.setDefaultValueProvider(new ConfigFile(values));
    }

    private static Path named(final String[] args) throws ConfigException {
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith("--config=")) {
                return Path.of(args[i].substring("--config=".length()));
            }
            if (args[i].equals("--config")) {
                if (i + 1 == args.length) {
                    throw new ConfigException("--config needs the name of a file");
                }
                return Path.of(args[i + 1]);
            }
        }
        return null;
    }

    private static void checkKeys(final Path file, final Properties values, final CommandSpec spec)
        throws ConfigException {
        for (final String key : new TreeSet<>(values.stringPropertyNames())) {
            if (spec.findOption("--" + key) == null || key.equals("config")) {
                throw new ConfigException(String.format(Locale.ROOT,
                    "%s: '%s' is not a setting of '%s'; --help lists them", file, key, spec.name()));
            }
        }
    }

    @Override
    public String defaultValue(final ArgSpec arg) {
        if (!(arg instanceof OptionSpec option)) {
            return null;
        }
        final String value = values.getProperty(option.longestName().replaceFirst("^--", ""));
        return value == null ? null : value.trim();
    }
}
