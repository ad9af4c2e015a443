// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Time stamps of events: {@code yyyymmddThhmmssss} in UTC (ISO 8601; the last two digits are hundredths). */
final class TimeStamps {
    private TimeStamps() {
    }

    static String of(final long originMillis, final long nowNs) {
        final ZonedDateTime t = Instant.ofEpochMilli(originMillis + Math.floorDiv(nowNs, 1_000_000L))
            .atZone(ZoneOffset.UTC);
        final StringBuilder text = new StringBuilder(17);
        digits(text, Math.floorMod(t.getYear(), 10_000), 1000);
        digits(text, t.getMonthValue(), 10);
        digits(text, t.getDayOfMonth(), 10);
        text.append('T');
        digits(text, t.getHour(), 10);
        digits(text, t.getMinute(), 10);
        digits(text, t.getSecond(), 10);
        digits(text, t.getNano() / 10_000_000, 10);
        return text.toString();
    }

    private static void digits(final StringBuilder text, final int value, final int highest) {
        for (int unit = highest; unit > 0; unit /= 10) {
            text.append((char) ('0' + value / unit % 10));
        }
    }
}
