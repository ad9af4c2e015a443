// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.net.InetAddress;
import java.util.List;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.PolicyParameter;
import org.poolswitch.rserpool.PolicyType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.TransportParameter;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SctpAddress;

/**
 * What the pool user needs of one element in a registrar's answer.
 *
 * @param parameter   the element as it came
 * @param address     where its user transport is, with the deployment's encapsulation port
 * @param control     whether its association carries ASAP too
 * @param weight      weight or priority of its policy, 1 if the policy has none
 * @param load        load of its policy, 0 if the policy has none
 * @param degradation load degradation of its policy
 */
public record ResolvedElement(PoolElementParameter parameter, SctpAddress address, boolean control, long weight,
    long load, long degradation) {
    private static final int MOST_HOSTS = 16;

    int id() {
        return parameter.identifier();
    }

    /** @return null if its transport is none that a session can use, or is broken */
    static ResolvedElement of(final PoolElementParameter p, final int encapsulationPort) {
        if (p.transportType() != ParameterType.SCTP_TRANSPORT) {
            return null;
        }
        try {
            final TransportParameter t = p.transport();
            if (t.port() == 0) {
                return null;
            }
            final List<InetAddress> hosts =
                t.addresses().subList(0, Math.min(MOST_HOSTS, t.addresses().size()));
            final PolicyParameter policy = p.policyParameter();
            final boolean adaptive = (policy.type() & PolicyType.ADAPTIVE) != 0;
            final boolean weighted = !adaptive && policy.fields() > 0;
            return new ResolvedElement(p, new SctpAddress(hosts, t.port(), encapsulationPort),
                t.use() == TransportParameter.DATA_PLUS_CONTROL, weighted ? policy.field(0) : 1,
                adaptive ? policy.field(0) : 0, adaptive ? policy.field(1) : 0);
        } catch (final MalformedException e) {
            return null;
        }
    }
}
