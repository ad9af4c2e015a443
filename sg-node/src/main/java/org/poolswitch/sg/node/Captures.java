// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.poolswitch.launch.ConfigException;
import org.poolswitch.launch.IoReason;
import org.poolswitch.observe.CapturedPacket;
import org.poolswitch.observe.PcapReader;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sg.core.ReplayCall;
import org.poolswitch.sg.core.ReplayScript;

/** Reads what a replay plays. */
final class Captures {
    /** Name that stands for the call that comes with the program. */
    private static final String BUILTIN = "builtin";
    private static final String RESOURCE = "/org/poolswitch/sg/isup-call.pcap";

    private Captures() {
    }

    static List<ReplayCall> read(final String name) throws ConfigException {
        try {
            final List<ReplayCall> calls = ReplayScript.of(name.equals(BUILTIN) ? builtin()
                : PcapReader.read(Path.of(name)));
            if (calls.isEmpty()) {
                throw new ConfigException("--replay: " + name + " has no complete ISUP call (IAM to RLC) in M3UA over "
                    + "SCTP");
            }
            return calls;
        } catch (final IOException e) {
            throw new ConfigException("--replay: cannot read " + name + ": " + IoReason.of(e));
        } catch (final MalformedException e) {
            throw new ConfigException("--replay: " + name + " is no capture that can be read: " + e.getMessage());
        }
    }

    private static List<CapturedPacket> builtin() throws IOException, MalformedException {
        try (InputStream in = Captures.class.getResourceAsStream(RESOURCE)) {
            return PcapReader.read(in.readAllBytes());
        }
    }
}
