// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.tool;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.poolswitch.launch.PolicyName;
import org.poolswitch.rserpool.PoolElementParameter;

/** One element of a pool, for people and for programs. */
final class ElementText {
    private ElementText() {
    }

    /** An identifier as everybody writes it: eight hexadecimal digits. */
    static String id(final int identifier) {
        return String.format(Locale.ROOT, "%08x", identifier);
    }

    static String home(final PoolElementParameter element) {
        return element.homeServer() == 0 ? "-" : id(element.homeServer());
    }

    static String values(final PoolElementParameter element) {
        final String values = PolicyName.values(element.policy());
        return values.isEmpty() ? "-" : values;
    }

    static String life(final PoolElementParameter element) {
        return element.lifeMillis() < 0 ? "for ever"
            : String.format(Locale.ROOT, element.lifeMillis() % 1000 == 0 ? "%.0f s" : "%.1f s",
                element.lifeMillis() / 1e3);
    }

    /** An object of the element's fields; the caller may add more before it ends the object. */
    static void begin(final JsonGenerator json, final PoolElementParameter element) throws IOException {
        json.writeStartObject();
        json.writeStringField("element", id(element.identifier()));
        json.writeStringField("homeRegistrar", id(element.homeServer()));
        json.writeNumberField("registrationLifeMillis", element.lifeMillis());
        json.writeStringField("policy", PolicyName.name(element.policyType()));
        json.writeObjectFieldStart("policyValues");
        PolicyName.forEachField(element.policy(), (name, value) -> {
            try {
                json.writeNumberField(name, value);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        json.writeEndObject();
        final TransportText transport = TransportText.of(element.userTransport());
        json.writeObjectFieldStart("transport");
        json.writeStringField("protocol", transport.protocol());
        json.writeNumberField("port", transport.port());
        json.writeBooleanField("controlChannel", transport.control());
        json.writeArrayFieldStart("addresses");
        for (final String host : transport.hosts()) {
            json.writeString(host);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
