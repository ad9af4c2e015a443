// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sg.core;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** All circuits, and which of them are idle; those idle longest are taken first, as exchanges do. */
final class CircuitTable {
    private record Key(int opc, int dpc, int cic) {
    }

    private final Map<Key, Circuit> byKey = new HashMap<>();
    private final ArrayDeque<Circuit> idle = new ArrayDeque<>();

    CircuitTable(final SgConfig config) {
        for (int i = 0; i < config.circuits(); i++) {
            idle.add(add(config.opc(), config.dpc(), config.firstCic() + i));
        }
    }

    private Circuit add(final int opc, final int dpc, final int cic) {
        final Circuit circuit = new Circuit(opc, dpc, cic);
        byKey.put(new Key(opc, dpc, cic), circuit);
        return circuit;
    }

    /** A circuit of a replayed capture; made if it is not one of ours. */
    Circuit named(final int opc, final int dpc, final int cic) {
        final Circuit known = byKey.get(new Key(opc, dpc, cic));
        return known != null ? known : add(opc, dpc, cic);
    }

    Circuit takeIdle() {
        return idle.poll();
    }

    void giveBack(final Circuit circuit, final SgConfig config) {
        if (circuit.opc == config.opc() && circuit.dpc == config.dpc() && circuit.cic >= config.firstCic()
            && circuit.cic < config.firstCic() + config.circuits()) {
            idle.add(circuit);
        }
    }
}
