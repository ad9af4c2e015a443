// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.poolswitch.observe.CounterDescriptor;
import org.poolswitch.observe.Counters;

/** The metrics of one process. Machines keep plain counters; this reads them when somebody scrapes. */
public final class MetricsBook {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    /** What is counted: a FunctionCounter holds it weakly, and after a collection would say the same for ever. */
    private final List<Counters[]> held = new ArrayList<>();

    /** A book that has the process itself in it already: its age, and its memory. */
    public MetricsBook() {
        new UptimeMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
    }

    /** Publishes every counter of an enum; several sets of them are summed up. */
    public <E extends Enum<E> & CounterDescriptor> void counters(final Class<E> kind,
        final Counters... counters) {
        held.add(counters);
        for (final E counter : kind.getEnumConstants()) {
            FunctionCounter.builder(counter.id(), counters, c -> Arrays.stream(c).mapToLong(one -> one.get(counter))
                .sum()).description(counter.help()).register(registry);
        }
    }

    /** Publishes a value that goes up and down. */
    public void gauge(final String id, final String help, final DoubleSupplier value) {
        Gauge.builder(id, value, DoubleSupplier::getAsDouble).description(help).strongReference(true)
            .register(registry);
    }

    /** The page a Prometheus server reads. */
    public String scrape() {
        return registry.scrape();
    }
}
