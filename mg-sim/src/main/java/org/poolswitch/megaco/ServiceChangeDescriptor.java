// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/**
 * {@code Services {1*parameter}} (RFC 3525 section 7.1.13), in a ServiceChange and in its reply. Absent parts are null
 * or {@link #ABSENT}.
 *
 * @param method      what happens; absent in replies
 * @param reason      code and text, for example {@code 901 Cold Boot}
 * @param delay       seconds
 * @param address     an mId's text or a bare port number where later messages go
 * @param profile     {@code name/version}
 * @param version     protocol version
 * @param mgcIdToTry  another controller
 * @param timeStamp   {@code yyyymmddThhmmssss}
 * @param extensions  parameters {@code X-...} and {@code X+...}
 */
public record ServiceChangeDescriptor(ServiceChangeMethod method, String reason, long delay, String address,
    String profile, int version, Mid mgcIdToTry, String timeStamp, List<Parameter> extensions)
    implements Descriptor {

    /** {@code delay} and {@code version}: not there. */
    public static final int ABSENT = -1;

    public ServiceChangeDescriptor {
        extensions = List.copyOf(extensions);
    }

    /** The two parts that a request must have. */
    public static ServiceChangeDescriptor of(final ServiceChangeMethod method, final String reason) {
        return new ServiceChangeDescriptor(method, reason, ABSENT, null, null, ABSENT, null, null, List.of());
    }

    /** A reply that says which version the answerer speaks. */
    public static ServiceChangeDescriptor reply(final int version) {
        return new ServiceChangeDescriptor(null, null, ABSENT, null, null, version, null, null, List.of());
    }

    /** The same with a protocol version. */
    public ServiceChangeDescriptor withVersion(final int other) {
        return new ServiceChangeDescriptor(method, reason, delay, address, profile, other, mgcIdToTry, timeStamp,
            extensions);
    }
}
