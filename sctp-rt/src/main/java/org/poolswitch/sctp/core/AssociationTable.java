// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.core;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * The associations of an endpoint, found by their identifier, by the verification tag of what they receive (every usual
 * packet), and by the peer's addresses and the ports (packets that carry another tag).
 */
final class AssociationTable {
    private record Key(InetAddress host, int remotePort, int localPort) {
    }

    private final Int2ObjectHashMap<Association> byId = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<Association> byTag = new Int2ObjectHashMap<>();
    private final Map<Key, Association> byAddress = new HashMap<>();
    private final UsedTags used;
    private int warmth;
    private int lastId;

    /** @param most associations at one time */
    AssociationTable(final int most) {
        used = new UsedTags(most);
    }

    /** True for the tag of an association that was there and is over. */
    boolean isUsed(final int tag) {
        return used.contains(tag);
    }

    int size() {
        return byId.size();
    }

    List<Association> all() {
        return new ArrayList<>(byId.values());
    }

    /** Positive, and nobody else's: there may be more than 2^31 one after the other. */
    int nextId() {
        do {
            lastId = lastId == Integer.MAX_VALUE ? 1 : lastId + 1;
        } while (byId.containsKey(lastId));
        return lastId;
    }

    Association byId(final int id) {
        return byId.get(id);
    }

    Association byTag(final int tag) {
        return byTag.get(tag);
    }

    /** This association is at work from now on, see {@link Association#warm}. */
    void warm(final Association a) {
        warmth += a.warm();
    }

    Association byAddress(final InetAddress host, final int remotePort, final int localPort) {
        return byAddress.get(new Key(host, remotePort, localPort));
    }

    /**
     * The same, unless its peer only claims that address: that keeps nobody out who may really have it, and nobody
     * takes that peer for him (section 5.4, RFC 5062 section 2).
     */
    Association owner(final InetAddress host, final int remotePort, final int localPort) {
        final Association a = byAddress(host, remotePort, localPort);
        return a == null || a.addresses().onlyClaims(host) ? null : a;
    }

    void add(final Association a) {
        byId.put(a.id(), a);
        byTag.put(a.localTag(), a);
    }

    /** Its own tag changes: a collision made the peer's cookie count. */
    void changeTag(final Association a, final int newTag) {
        if (a.localTag() != newTag) {
            byTag.remove(a.localTag());
            byTag.put(newTag, a);
        }
    }

    /** @return false if another association with the same ports has that address, and is not over */
    boolean addAddress(final Association a, final InetAddress host) {
        return byAddress.merge(new Key(host, a.remotePort(), a.localPort()), a,
            (there, newer) -> there.isClosed() ? newer : there) == a;
    }

    void removeAddress(final Association a, final InetAddress host) {
        byAddress.remove(new Key(host, a.remotePort(), a.localPort()), a);
    }

    void remove(final Association a) {
        byId.remove(a.id());
        used.add(a.localTag());
        if (byTag.get(a.localTag()) == a) {
            byTag.remove(a.localTag());
        }
        for (final Path path : a.paths().all()) {
            removeAddress(a, path.host);
        }
    }
}
