// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.node;

import java.nio.file.Path;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.Millis;
import org.poolswitch.sg.core.SgConfig;
import org.poolswitch.sg.core.TrafficConfig;
import picocli.CommandLine.Option;

/** The settings of a signaling gateway's process. */
final class SgOptions {
    @Option(names = "--replay", paramLabel = "FILE",
        description = "Replay the ISUP calls of a capture of M3UA over SCTP (pcap or pcapng); 'builtin' is a real call "
            + "that comes with the program.")
    String replay;

    @Option(names = "--replay-speed", paramLabel = "N", defaultValue = "1",
        description = "How many times faster than captured (default: ${DEFAULT-VALUE}).")
    double replaySpeed;

    @Option(names = "--calls", paramLabel = "N", defaultValue = "0",
        description = "Place N generated calls, after the replay if there is one (default: ${DEFAULT-VALUE}).")
    long calls;

    @Option(names = "--rate", paramLabel = "PER_SECOND", defaultValue = "10",
        description = "Calls per second (default: ${DEFAULT-VALUE}).")
    double rate;

    @Option(names = "--even", description = "Even gaps between calls; otherwise they are a Poisson process.")
    boolean even;

    @Option(names = "--hold-ms", paramLabel = "MS", defaultValue = "1000",
        description = "Mean holding time, exponential (default: ${DEFAULT-VALUE}).")
    long holdMs;

    @Option(names = "--caller-releases", paramLabel = "SHARE", defaultValue = "0.6",
        description = "Share of callers that hang up first; the others wait for the called side "
            + "(default: ${DEFAULT-VALUE}).")
    double callerReleases;

    @Option(names = "--impatient", paramLabel = "SHARE", defaultValue = "0.06",
        description = "Share of callers that give up before the answer (default: ${DEFAULT-VALUE}).")
    double impatient;

    @Option(names = "--patience-ms", paramLabel = "MS", defaultValue = "200",
        description = "Mean time after which those give up, exponential (default: ${DEFAULT-VALUE}).")
    long patienceMs;

    @Option(names = "--called-prefix", paramLabel = "DIGITS", defaultValue = "12025",
        description = "Number plan: called numbers are this and the call's number (default: ${DEFAULT-VALUE}).")
    String calledPrefix;

    @Option(names = "--called-digits", paramLabel = "N", defaultValue = "6",
        description = "Digits after the prefix (default: ${DEFAULT-VALUE}).")
    int calledDigits;

    @Option(names = "--calling", paramLabel = "DIGITS", defaultValue = "12025550177",
        description = "Calling number (default: ${DEFAULT-VALUE}).")
    String calling;

    @Option(names = "--opc", paramLabel = "N", defaultValue = "1",
        description = "Our originating point code (default: ${DEFAULT-VALUE}).")
    int opc;

    @Option(names = "--dpc", paramLabel = "N", defaultValue = "2",
        description = "Point code of the switch that the pool plays (default: ${DEFAULT-VALUE}).")
    int dpc;

    @Option(names = "--first-cic", paramLabel = "N", defaultValue = "1",
        description = "First circuit of the trunk group (default: ${DEFAULT-VALUE}).")
    int firstCic;

    @Option(names = "--circuits", paramLabel = "N", defaultValue = "2000",
        description = "Circuits of the trunk group; a call that finds none idle is blocked "
            + "(default: ${DEFAULT-VALUE}).")
    int circuits;

    @Option(names = "--records", paramLabel = "FILE", description = "Write a line of CSV for each call that ended.")
    Path records;

    /** Settings of the gateway itself. */
    SgConfig config() throws ConfigException {
        try {
            return SgConfig.defaults().withTrunks(opc, dpc, firstCic, circuits);
        } catch (final IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }

    /** The calls to generate, or null for none. */
    TrafficConfig traffic() throws ConfigException {
        if (calls == 0 && replay == null) {
            throw new ConfigException("nothing to do: give --calls N, --replay FILE or both");
        }
        if (!(replaySpeed > 0 && replaySpeed <= 1e6)) {
            throw new ConfigException("--replay-speed is more than 0 and at most a million, not " + replaySpeed);
        }
        try {
            return calls == 0 ? null : new TrafficConfig(calls, rate, !even, calledPrefix, calledDigits, calling,
                Millis.toNs("--hold-ms", holdMs, 1), callerReleases, impatient,
                Millis.toNs("--patience-ms", patienceMs, 1));
        } catch (final IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }
}
