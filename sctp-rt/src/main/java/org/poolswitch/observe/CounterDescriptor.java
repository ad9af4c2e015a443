// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.observe;

/** One counter's name and meaning; implemented by enums. */
public interface CounterDescriptor {
    /** Prometheus-style name, for example {@code sg_calls_offered_total}. */
    String id();

    /** One sentence for operators. */
    String help();
}
