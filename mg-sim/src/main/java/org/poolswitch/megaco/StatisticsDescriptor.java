// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * {@code Statistics {1*statistic}} (RFC 3525 section 7.1.15).
 *
 * @param statistics {@code package/item} with or without a value
 */
public record StatisticsDescriptor(List<Parameter> statistics) implements Descriptor {
    public StatisticsDescriptor {
        statistics = List.copyOf(statistics);
    }

    /** These statistics. */
    public static StatisticsDescriptor of(final Parameter... statistics) {
        return new StatisticsDescriptor(List.of(statistics));
    }
}
