// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import picocli.CommandLine.Option;

/** The settings of pool elements that take over from one another with cookies. */
public final class ElementOptions {
    @Option(names = "--cookie-key", paramLabel = "SECRET",
        description = "Secret of this element's pool, 16 characters or more: seals what lets the elements take over "
            + "from one another.")
    private String cookieKey;

    @Option(names = "--orphan-hold-ms", paramLabel = "MS", defaultValue = "10000",
        description = "How long that is kept whose user is gone, in case it returns (default: ${DEFAULT-VALUE}).")
    private long orphanHoldMs;

    /** The key that seals cookies. @throws ConfigException with a sentence if the secret is missing or too short */
    public byte[] cookieKey() throws ConfigException {
        return CookieKey.of(cookieKey);
    }

    /** How long orphans are kept, in nanoseconds. @throws ConfigException with a sentence if it makes no sense */
    public long orphanHoldNs() throws ConfigException {
        return Millis.toNs("--orphan-hold-ms", orphanHoldMs, 1);
    }

    /** How long orphans are kept, for people. */
    public String orphanHold() {
        return orphanHoldMs + " ms";
    }
}
