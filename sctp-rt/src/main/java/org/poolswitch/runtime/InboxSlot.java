// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.runtime;

/** One preallocated entry of an {@link Inbox}: bytes and primitives, nothing for the collector to follow. */
public final class InboxSlot {
    private final byte[] data;
    private int type;
    private long key;
    private long intendedNs;
    private int length;

    InboxSlot(final int octets) {
        data = new byte[octets];
    }

    void fill(final int newType, final long newKey, final long newIntendedNs, final byte[] from, final int offset,
        final int octets) {
        type = newType;
        key = newKey;
        intendedNs = newIntendedNs;
        length = octets;
        if (octets > 0) {
            System.arraycopy(from, offset, data, 0, octets);
        }
    }

    /** What kind of input this is; the node's own numbering. */
    public int type() {
        return type;
    }

    /** What it is about, for example a circuit; the node's own numbering. */
    public long key() {
        return key;
    }

    /** When this input was meant to happen: latency is measured from here, whenever a thread came round to it. */
    public long intendedNs() {
        return intendedNs;
    }

    /** Octets of {@link #data} that count. */
    public int length() {
        return length;
    }

    /** The bytes; valid only inside {@link InboxHandler#onInput}. */
    public byte[] data() {
        return data;
    }
}
