// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.node;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.Millis;
import org.poolswitch.megaco.TextStyle;
import org.poolswitch.mg.core.CalledSide;
import org.poolswitch.mg.core.MgBounds;
import org.poolswitch.mg.core.MgConfig;
import picocli.CommandLine.Option;

/** The settings of a media gateway's process. */
final class MgOptions {
    @Option(names = "--trunk-group", paramLabel = "NAME", defaultValue = "tg1",
        description = "Serve this trunk group: join the pool mg.NAME (default: ${DEFAULT-VALUE}).")
    String trunkGroup;

    @Option(names = "--circuits", paramLabel = "FIRST-LAST", defaultValue = "0-16383",
        description = "CICs of the circuits tdm/CIC (default: ${DEFAULT-VALUE}).")
    String circuits;

    @Option(names = "--contexts", paramLabel = "N", defaultValue = "8192",
        description = "Most calls at a time (default: ${DEFAULT-VALUE}).")
    int contexts;

    @Option(names = "--busy", paramLabel = "FRACTION", defaultValue = "0.08",
        description = "Calls that meet a busy line (default: ${DEFAULT-VALUE}).")
    double busy;

    @Option(names = "--no-answer", paramLabel = "FRACTION", defaultValue = "0.06",
        description = "Calls that nobody answers (default: ${DEFAULT-VALUE}).")
    double noAnswer;

    @Option(names = "--hang-up", paramLabel = "FRACTION", defaultValue = "0.3",
        description = "Answered calls that the called side ends, if the calling side has not before "
            + "(default: ${DEFAULT-VALUE}).")
    double hangUp;

    @Option(names = "--ring-ms", paramLabel = "MS", defaultValue = "20",
        description = "From the call's arrival to ringing or busy tone (default: ${DEFAULT-VALUE}).")
    long ringMillis;

    @Option(names = "--answer-ms", paramLabel = "MS", defaultValue = "300",
        description = "From ringing to answer, on average (default: ${DEFAULT-VALUE}).")
    long answerMillis;

    @Option(names = "--hold-ms", paramLabel = "MS", defaultValue = "1000",
        description = "From answer to the called side's hang-up, on average (default: ${DEFAULT-VALUE}).")
    long holdMillis;

    @Option(names = "--fixed-times", description = "Answer and hang-up times are fixed, not exponential.")
    boolean fixedTimes;

    @Option(names = "--behaviour", paramLabel = "PREFIX=busy|ring|answer|hang-up", split = ",",
        description = "Called numbers with this prefix always behave so; may be given several times.")
    Map<String, String> behaviours = new LinkedHashMap<>();

    @Option(names = "--pretty", description = "Write H.248 with long names and line breaks.")
    boolean pretty;

    @Option(names = "--seizures", paramLabel = "FILE",
        description = "Write a line of CSV for each called line: number, context, circuit, controller, time.")
    Path seizures;

    MgConfig config(final long clockOriginMillis) throws ConfigException {
        if (!circuits.matches("[0-9]{1,5}-[0-9]{1,5}")) {
            throw new ConfigException("--circuits is FIRST-LAST, for example 1-31, not '" + circuits + "'");
        }
        final int dash = circuits.indexOf('-');
        try {
            final CalledSide side = new CalledSide(busy, noAnswer, hangUp, Millis.toNs("--ring-ms", ringMillis, 0),
                Millis.toNs("--answer-ms", answerMillis, 0), Millis.toNs("--hold-ms", holdMillis, 0), !fixedTimes);
            final Map<String, CalledSide> sides = new LinkedHashMap<>();
            for (final Map.Entry<String, String> each : behaviours.entrySet()) {
                if (!each.getKey().matches("[0-9*#]{1,20}")) {
                    throw new ConfigException("--behaviour: a prefix is 1 to 20 of 0123456789*#, not '" + each.getKey()
                        + "'");
                }
                sides.put(each.getKey(), side.always(each.getValue()));
            }
            return MgConfig.standard().withCalledSide(side).withCalledSides(sides)
                .withTrunks(trunkGroup, Integer.parseInt(circuits.substring(0, dash)),
                    Integer.parseInt(circuits.substring(dash + 1)))
                .withBounds(MgBounds.standard().withContexts(contexts))
                .withText(pretty ? TextStyle.PRETTY : TextStyle.COMPACT, clockOriginMillis);
        } catch (final IllegalArgumentException e) {
            throw new ConfigException(e.getMessage());
        }
    }
}
