// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.simulate.mesh;

import java.util.List;
import java.util.random.RandomGenerator;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapNode;
import org.poolswitch.asap.ElementListener;
import org.poolswitch.asap.PoolElement;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.runtime.Machine;
import org.poolswitch.sctp.SctpAddress;
import org.poolswitch.sctp.SctpEndpoint;

/** A process that is an element of one pool or several, and echoes what users say. */
final class MeshElement extends AsapNode implements ElementListener {
    private final PoolElement element;
    private final List<PoolHandle> pools;
    private final int policyType;

    MeshElement(final AsapConfig config, final SctpEndpoint endpoint, final RandomGenerator random,
        final List<PoolHandle> pools, final int policyType) {
        super(config, endpoint, random);
        this.pools = pools;
        this.policyType = policyType;
        this.element = stack().element(this);
    }

    int identifier() {
        return element.identifier();
    }

    List<PoolHandle> pools() {
        return pools;
    }

    /** Whether a registrar has confirmed all of its registrations. */
    boolean isRegistered() {
        return stack().registrations() == pools.size();
    }

    Counters counters() {
        return stack().counters();
    }

    /** Where its home registrar is, or null. */
    SctpAddress home() {
        return stack().homeRegistrar();
    }

    @Override
    protected Machine machine() {
        return Machine.IDLE;
    }

    @Override
    protected void join(final long nowNs) {
        pools.forEach(pool -> element.register(pool.octets(), policyType, nowNs));
    }

    @Override
    public void onUserUp(final int association, final long nowNs) {
    }

    @Override
    public void onUserMessage(final int association, final int stream, final int ppid, final byte[] buffer,
        final int offset, final int length, final long nowNs) {
        element.sendToUser(association, stream, ppid, buffer, offset, length, nowNs);
    }

    @Override
    public void onCookieEcho(final int association, final int stream, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
    }

    @Override
    public void onUserDown(final int association, final long nowNs) {
    }

    @Override
    public void beginDrain(final long nowNs) {
        element.deregister(nowNs);
    }

    @Override
    public boolean isDrained() {
        return element.isDeregistered();
    }
}
