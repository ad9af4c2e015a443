// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

/** Something that happens at a time; in one {@link AlarmQueue} at most. */
abstract class Alarm {
    /** Place in the queue's heap, or -1. */
    int index = -1;
    long at;

    /** It is time. The alarm is no longer set, and may be set again. */
    abstract void fire(long nowNs);

    final boolean isSet() {
        return index >= 0;
    }
}
