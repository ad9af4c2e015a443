// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.gwc.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.isup.IsupMessage;
import org.poolswitch.isup.IsupType;
import org.poolswitch.m3ua.M3uaData;
import org.poolswitch.sctp.SendStatus;

/** A pool element whose user is the test: what it was sent is kept by its type. */
final class FakeElement implements PoolElement {
    final List<IsupType> sent = new ArrayList<>();
    byte[] cookie;

    @Override
    public int identifier() {
        return 0x77;
    }

    @Override
    public void register(final byte[] poolHandle, final int policyType, final long nowNs) {
    }

    @Override
    public void updateLoad(final long load, final long nowNs) {
    }

    @Override
    public void deregister(final long nowNs) {
    }

    @Override
    public boolean isDeregistered() {
        return true;
    }

    @Override
    public SendStatus sendToUser(final int association, final int stream, final int ppid, final byte[] buffer,
        final int offset, final int length, final long nowNs) {
        try {
            final byte[] isup = M3uaData.decode(buffer, offset, length).userData();
            sent.add(IsupMessage.decode(isup, 0, isup.length).type());
        } catch (final Exception e) {
            throw new AssertionError("a controller sends well-formed messages", e);
        }
        return SendStatus.ACCEPTED;
    }

    @Override
    public SendStatus sendCookie(final int association, final int stream, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        cookie = Arrays.copyOfRange(buffer, offset, offset + length);
        return SendStatus.ACCEPTED;
    }

    @Override
    public void abortUser(final int association, final long nowNs) {
        throw new AssertionError("this user takes everything");
    }

    @Override
    public boolean isFenced(final int association) {
        return false;
    }
}
