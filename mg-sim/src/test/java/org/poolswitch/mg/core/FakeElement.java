// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.sctp.SendStatus;

/** A pool element whose users are a list: what was sent to them waits here. */
final class FakeElement implements PoolElement {
    record Sent(int association, int stream, int ppid, byte[] octets) {
    }

    final Deque<Sent> sent = new ArrayDeque<>();
    /** Users that have not proved since our pause that they still want us. */
    final Set<Integer> fenced = new HashSet<>();
    final List<Integer> aborted = new ArrayList<>();
    SendStatus answer = SendStatus.ACCEPTED;
    String pool;
    boolean registered;
    long load;

    @Override
    public int identifier() {
        return 0x55;
    }

    @Override
    public void register(final byte[] poolHandle, final int policyType, final long nowNs) {
        pool = new String(poolHandle, StandardCharsets.US_ASCII);
        registered = true;
    }

    @Override
    public void updateLoad(final long newLoad, final long nowNs) {
        load = newLoad;
    }

    @Override
    public void deregister(final long nowNs) {
        registered = false;
    }

    @Override
    public boolean isDeregistered() {
        return !registered;
    }

    @Override
    public SendStatus sendToUser(final int association, final int stream, final int ppid, final byte[] buffer,
        final int offset, final int length, final long nowNs) {
        if (answer == SendStatus.ACCEPTED) {
            sent.add(new Sent(association, stream, ppid, Arrays.copyOfRange(buffer, offset, offset + length)));
        }
        return answer;
    }

    @Override
    public SendStatus sendCookie(final int association, final int stream, final byte[] cookie, final int offset,
        final int length, final long nowNs) {
        throw new AssertionError("a gateway gives out no cookies");
    }

    @Override
    public void abortUser(final int association, final long nowNs) {
        assertThat(fenced).as("the only reason to abort a controller").contains(association);
        aborted.add(association);
    }

    @Override
    public boolean isFenced(final int association) {
        return fenced.contains(association);
    }
}
