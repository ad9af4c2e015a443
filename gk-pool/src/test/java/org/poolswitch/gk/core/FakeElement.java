// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gk.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.sctp.SendStatus;

/** A pool element whose users are the test. */
final class FakeElement implements PoolElement {
    /** What a user got: data, or a cookie ({@code ppid} 11). */
    record Sent(int association, int stream, int ppid, byte[] bytes) {
    }

    final List<Sent> sent = new ArrayList<>();
    final List<Integer> aborted = new ArrayList<>();
    SendStatus status = SendStatus.ACCEPTED;
    boolean registered;

    @Override
    public int identifier() {
        return 0x1234;
    }

    @Override
    public void register(final byte[] poolHandle, final int policyType, final long nowNs) {
        registered = true;
    }

    @Override
    public void updateLoad(final long load, final long nowNs) {
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
        sent.add(new Sent(association, stream, ppid, Arrays.copyOfRange(buffer, offset, offset + length)));
        return status;
    }

    @Override
    public SendStatus sendCookie(final int association, final int stream, final byte[] cookie, final int offset,
        final int length, final long nowNs) {
        sent.add(new Sent(association, stream, 11, Arrays.copyOfRange(cookie, offset, offset + length)));
        return status;
    }

    @Override
    public void abortUser(final int association, final long nowNs) {
        aborted.add(association);
    }

    @Override
    public boolean isFenced(final int association) {
        return false;
    }
}
