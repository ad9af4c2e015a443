// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

import java.util.List;

/** Writes descriptors. */
final class DescriptorWriter {
    private final TextWriter out;

    DescriptorWriter(final TextWriter out) {
        this.out = out;
    }

    void write(final Descriptor descriptor) {
        if (descriptor instanceof MediaDescriptor media) {
            media(media);
        } else if (descriptor instanceof EventsDescriptor events) {
            events(events);
        } else if (descriptor instanceof SignalsDescriptor signals) {
            signals(signals);
        } else if (descriptor instanceof ObservedEventsDescriptor observed) {
            observed(observed);
        } else if (descriptor instanceof AuditDescriptor audit) {
            audit(audit);
        } else if (descriptor instanceof ServiceChangeDescriptor services) {
            services(services);
        } else if (descriptor instanceof StatisticsDescriptor statistics) {
            out.token(Token.STATISTICS);
            parameters(statistics.statistics());
        } else if (descriptor instanceof ErrorDescriptor error) {
            error(error);
        } else if (descriptor instanceof OpaqueDescriptor opaque) {
            out.text(opaque.text());
        }
    }

    void error(final ErrorDescriptor error) {
        out.token(Token.ERROR).equal().number(error.code()).text("{");
        if (!error.text().isEmpty()) {
            out.quoted(error.text());
        }
        out.text("}");
    }

    private void media(final MediaDescriptor media) {
        out.token(Token.MEDIA);
        if (media.streams().isEmpty() && media.state() == null) {
            return;
        }
        out.open();
        boolean first = true;
        if (media.state() != null) {
            terminationState(media.state());
            first = false;
        }
        for (final StreamDescriptor stream : media.streams()) {
            if (stream.id() == StreamDescriptor.IMPLIED) {
                first = stream(stream, first);
            } else {
                out.next(first).token(Token.STREAM).equal().number(stream.id()).open();
                stream(stream, true);
                out.close();
                first = false;
            }
        }
        out.close();
    }

    private boolean stream(final StreamDescriptor stream, final boolean nothingBefore) {
        boolean first = nothingBefore;
        if (stream.control() != null) {
            out.next(first);
            localControl(stream.control());
            first = false;
        }
        if (stream.local() != null) {
            out.next(first).token(Token.LOCAL).octets(stream.local());
            first = false;
        }
        if (stream.remote() != null) {
            out.next(first).token(Token.REMOTE).octets(stream.remote());
            first = false;
        }
        return first;
    }

    private void localControl(final LocalControl control) {
        out.token(Token.LOCAL_CONTROL).open();
        boolean first = true;
        if (control.mode() != null) {
            out.token(Token.MODE).equal().token(control.mode().token());
            first = false;
        }
        first = onOff(Token.RESERVED_VALUE, control.reservedValue(), first);
        first = onOff(Token.RESERVED_GROUP, control.reservedGroup(), first);
        parameters(control.properties(), first);
        out.close();
    }

    private boolean onOff(final Token token, final Boolean on, final boolean first) {
        if (on != null) {
            out.next(first).token(token).equal().text(on ? "ON" : "OFF");
        }
        return first && on == null;
    }

    private void terminationState(final TerminationState state) {
        out.token(Token.TERMINATION_STATE).open();
        boolean first = true;
        if (state.serviceState() != null) {
            out.token(Token.SERVICE_STATES).equal().token(state.serviceState().token());
            first = false;
        }
        if (state.lockStep() != null) {
            out.next(first).token(Token.BUFFER).equal();
            if (state.lockStep()) {
                out.token(Token.LOCK_STEP);
            } else {
                out.text("OFF");
            }
            first = false;
        }
        parameters(state.properties(), first);
        out.close();
    }

    private void events(final EventsDescriptor events) {
        out.token(Token.EVENTS);
        if (events.events().isEmpty()) {
            return;
        }
        requestId(events.requestId());
        out.open();
        for (int i = 0; i < events.events().size(); i++) {
            final RequestedEvent event = events.events().get(i);
            out.next(i == 0).text(event.name());
            if (!event.parameters().isEmpty() || !event.extras().isEmpty()) {
                out.open();
                parameters(event.parameters(), true);
                boolean first = event.parameters().isEmpty();
                for (final OpaqueDescriptor extra : event.extras()) {
                    out.next(first).text(extra.text());
                    first = false;
                }
                out.close();
            }
        }
        out.close();
    }

    private void signals(final SignalsDescriptor signals) {
        out.token(Token.SIGNALS);
        if (signals.signals().isEmpty() && signals.lists().isEmpty()) {
            // the grammar of RFC 3525 wants braces here, that of H.248.1 version 2 none; more peers read the latter
            return;
        }
        out.open();
        boolean first = true;
        for (final Signal signal : signals.signals()) {
            out.next(first).text(signal.name());
            first = false;
            parameters(signal.parameters());
        }
        for (final OpaqueDescriptor list : signals.lists()) {
            out.next(first).text(list.text());
            first = false;
        }
        out.close();
    }

    private void observed(final ObservedEventsDescriptor observed) {
        out.token(Token.OBSERVED_EVENTS);
        if (observed.events().isEmpty()) {
            return;
        }
        requestId(observed.requestId());
        out.open();
        for (int i = 0; i < observed.events().size(); i++) {
            final ObservedEvent event = observed.events().get(i);
            out.next(i == 0);
            if (event.timeStamp() != null) {
                out.text(event.timeStamp()).text(":");
            }
            out.text(event.name());
            parameters(event.parameters());
        }
        out.close();
    }

    private void requestId(final long id) {
        out.equal().text(id == EventsDescriptor.ALL_REQUESTS ? "*" : Long.toString(id));
    }

    private void audit(final AuditDescriptor audit) {
        out.token(Token.AUDIT);
        if (audit.items().isEmpty() && audit.others().isEmpty()) {
            out.empty();
            return;
        }
        out.open();
        boolean first = true;
        for (final AuditItem item : audit.items()) {
            out.next(first).token(item.token());
            first = false;
        }
        for (final OpaqueDescriptor other : audit.others()) {
            out.next(first).text(other.text());
            first = false;
        }
        out.close();
    }

    private void services(final ServiceChangeDescriptor services) {
        out.token(Token.SERVICES).open();
        boolean first = true;
        if (services.method() != null) {
            out.token(Token.METHOD).equal().token(services.method().token());
            first = false;
        }
        if (services.reason() != null) {
            out.next(first).token(Token.REASON).equal().value(services.reason());
            first = false;
        }
        first = field(Token.DELAY, number(services.delay()), first);
        first = field(Token.SERVICE_CHANGE_ADDRESS, services.address(), first);
        first = field(Token.PROFILE, services.profile(), first);
        first = field(Token.VERSION, number(services.version()), first);
        first = field(Token.MGC_ID, services.mgcIdToTry() == null ? null : services.mgcIdToTry().toString(), first);
        if (services.timeStamp() != null) {
            out.next(first).text(services.timeStamp());
            first = false;
        }
        parameters(services.extensions(), first);
        out.close();
    }

    private static String number(final long value) {
        return value == ServiceChangeDescriptor.ABSENT ? null : Long.toString(value);
    }

    private boolean field(final Token token, final String text, final boolean first) {
        if (text != null) {
            out.next(first).token(token).equal().text(text);
        }
        return first && text == null;
    }

    private void parameters(final List<Parameter> parameters) {
        if (!parameters.isEmpty()) {
            out.open();
            parameters(parameters, true);
            out.close();
        }
    }

    private void parameters(final List<Parameter> parameters, final boolean nothingBefore) {
        boolean first = nothingBefore;
        for (final Parameter parameter : parameters) {
            out.next(first);
            first = false;
            ParameterWriter.write(out, parameter);
        }
    }
}
