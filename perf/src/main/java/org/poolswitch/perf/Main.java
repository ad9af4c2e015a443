// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf;

import java.nio.file.FileSystemException;
import org.poolswitch.enrp.node.RegistrarMain;
import org.poolswitch.gk.node.GkMain;
import org.poolswitch.gwc.node.GwcMain;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.ConfigFile;
import org.poolswitch.launch.IoReason;
import org.poolswitch.launch.LogOutput;
import org.poolswitch.launch.NodeApp;
import org.poolswitch.launch.NodeRunner;
import org.poolswitch.mg.node.MgMain;
import org.poolswitch.perf.failover.BenchFailover;
import org.poolswitch.perf.failover.DemoCommand;
import org.poolswitch.perf.load.BenchRtt;
import org.poolswitch.perf.load.EchoCommand;
import org.poolswitch.perf.pool.BenchPool;
import org.poolswitch.perf.pool.PoolLoadCommand;
import org.poolswitch.perf.rig.InteropCommand;
import org.poolswitch.perf.sctp.BenchSctp;
import org.poolswitch.perf.sctp.SinkCommand;
import org.poolswitch.perf.simulate.FuzzCommand;
import org.poolswitch.perf.simulate.SimulateCommand;
import org.poolswitch.perf.tool.PingPongCommand;
import org.poolswitch.perf.tool.PoolsCommand;
import org.poolswitch.perf.tool.RegisterCommand;
import org.poolswitch.perf.tool.ResolveCommand;
import org.poolswitch.sg.node.SgMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The launcher's entry: {@code poolswitch COMMAND [OPTIONS]}. */
@Command(name = "poolswitch", mixinStandardHelpOptions = true, version = "poolswitch 0.1.0",
    description = "Telephone signaling that does not stop: pooled controllers over RSerPool and SCTP.",
    subcommands = {DemoCommand.class, RegistrarMain.class, SgMain.class, GwcMain.class, GkMain.class, MgMain.class,
        Main.Bench.class, SimulateCommand.class, FuzzCommand.class, EchoCommand.class,
        SinkCommand.class, PoolLoadCommand.class, SysctlCommand.class, InteropCommand.class,
        PoolsCommand.class, ResolveCommand.class, RegisterCommand.class, PingPongCommand.class,
        WarmUp.class})
public final class Main implements Runnable {
    /** Exit status for a wrong option or setting, as picocli's own. */
    private static final int USAGE = CommandLine.ExitCode.USAGE;

    @Spec
    private CommandSpec spec;

    /** Benchmarks. */
    @Command(name = "bench", mixinStandardHelpOptions = true,
        description = "Measures: failover gaps, round trips, everything about SCTP, registrars.",
        subcommands = {BenchFailover.class, BenchRtt.class, BenchSctp.class, BenchPool.class})
    static final class Bench implements Runnable {
        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            spec.commandLine().usage(System.out);
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    public static void main(final String[] args) {
        int status = NodeRunner.BROKEN;
        try {
            status = execute(args);
        } catch (final Error e) {
            // threads of the node may still be there: without an exit the process would stay, and do nothing
            e.printStackTrace();
        }
        LogOutput.flush();
        System.exit(status);
    }

    /** Runs a command. @return the process's exit status */
    static int execute(final String... args) {
        final CommandLine root = new CommandLine(new Main()).setExpandAtFiles(false);
        root.setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof ConfigException) {
                System.err.println(command.getCommandSpec().qualifiedName() + ": " + e.getMessage());
                return USAGE;
            }
            if (e instanceof FileSystemException file) {
                System.err.println(command.getCommandSpec().qualifiedName() + ": cannot use " + file.getFile() + ": "
                    + IoReason.of(file));
                return USAGE;
            }
            // a fault of the program: who mends it needs to know where
            e.printStackTrace();
            return NodeRunner.BROKEN;
        });
        root.setParameterExceptionHandler((e, rest) -> {
            final String name = e.getCommandLine().getCommandSpec().qualifiedName();
            System.err.println(name + ": " + sentence(e));
            System.err.println("Try '" + name + " --help'.");
            return USAGE;
        });
        try {
            final CommandLine named = args.length == 0 ? null : root.getSubcommands().get(args[0]);
            final int status = root.execute(named == null ? args : ConfigFile.expand(named.getCommandSpec(), args));
            // what a node writes is its log, which it can do without
            return named != null && named.getCommand() instanceof NodeApp ? status : StandardOutput.check(status);
        } catch (final ConfigException e) {
            System.err.println("poolswitch: " + e.getMessage());
            return USAGE;
        }
    }

    /** What is wrong with the command line, in our words where picocli's are a programmer's. */
    private static String sentence(final ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            return (e.getCommandLine().getSubcommands().isEmpty() ? "there is no argument '" : "there is no command '")
                + String.join(" ", unmatched.getUnmatched()) + "'";
        }
        return e.getMessage().replaceFirst(" is not an? (int|long)$", " is not a whole number")
            .replaceFirst(" is not a double$", " is not a number").replace("option option", "option");
    }
}
