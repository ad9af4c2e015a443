// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap.core;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.poolswitch.asap.AsapConfig;
import org.poolswitch.asap.AsapCounter;
import org.poolswitch.asap.AsapObserver;
import org.poolswitch.asap.wire.AsapType;
import org.poolswitch.observe.Counters;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sctp.SctpEndpoint;

/**
 * Takes in the control messages of elements that we use and of users that use us, and hands each to the part it
 * concerns. What is malformed is counted and dropped, what is unknown is dropped or reported as its type's high bits
 * say (RFC 5354 section 3).
 */
public final class ControlReader {
    private final AsapConfig config;
    private final Counters counters;
    private final AsapPoolUser user;
    private final ControlReports reports;
    private final RegistrarReader registrars;
    private AsapPoolElement element;

    public ControlReader(final AsapConfig config, final SctpEndpoint endpoint, final Counters counters,
        final RegistrarLink registrar, final AsapPoolUser user, final ControlWriter writer) {
        this.config = config;
        this.counters = counters;
        this.user = user;
        reports = new ControlReports(config.bounds(), endpoint, counters, writer);
        registrars = new RegistrarReader(config, counters, registrar, user, writer, reports);
    }

    /** What registrars say. */
    public RegistrarReader registrars() {
        return registrars;
    }

    public void element(final AsapPoolElement newElement) {
        element = newElement;
        registrars.element(newElement);
    }

    /** Who hears of errors that are reported to us. */
    public void observer(final AsapObserver observer) {
        reports.observer(observer);
    }

    /** What was remembered of its peer is of no use any more. */
    public void onAssociationDown(final int association) {
        reports.onAssociationDown(association);
        registrars.onAssociationDown(association);
    }

    /** From an element that we use: COOKIE, BUSINESS_CARD. */
    public void fromElement(final int association, final int stream, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        final ControlInput m = new ControlInput(association, stream, buffer, offset, length, nowNs);
        try {
            switch (m.type()) {
                case AsapType.COOKIE -> {
                    final ByteBuffer c = cookie(m);
                    user.onCookie(association, stream, c.array(), c.arrayOffset(), c.limit(), nowNs);
                }
                case AsapType.BUSINESS_CARD -> user.onBusinessCard(association, businessCard(m));
                case AsapType.ERROR -> reports.error(m);
                default -> reports.unexpected(m);
            }
            reports.afterwards(m);
        } catch (final MalformedException e) {
            reports.malformed(m);
        }
    }

    /** From a user of our element: COOKIE_ECHO; a registrar that is not in our list may ask too. */
    public void fromUser(final int association, final int stream, final byte[] buffer, final int offset,
        final int length, final long nowNs) {
        final ControlInput m = new ControlInput(association, stream, buffer, offset, length, nowNs);
        try {
            switch (m.type()) {
                case AsapType.COOKIE_ECHO -> {
                    final ByteBuffer c = cookie(m);
                    if (c.limit() > config.bounds().cookieOctets()) {
                        throw new MalformedException("a cookie longer than we ever send");
                    }
                    if (element.registrations().hasControlChannel()) {
                        element.onCookieEcho(association, stream, c.array(), c.arrayOffset(), c.limit(), nowNs);
                    } else {
                        // RFC 5352 section 5.5: not without a control channel, which we have not offered
                        counters.increment(AsapCounter.UNEXPECTED);
                    }
                }
                case AsapType.ENDPOINT_KEEP_ALIVE -> registrars.keepAlive(m);
                // a user that is an element itself may send one; it calls us, not we it
                case AsapType.BUSINESS_CARD -> businessCard(m);
                case AsapType.ERROR -> reports.error(m);
                default -> reports.unexpected(m);
            }
            reports.afterwards(m);
        } catch (final MalformedException e) {
            reports.malformed(m);
        }
    }

    private static ByteBuffer cookie(final ControlInput m) throws MalformedException {
        m.begin(4);
        final ByteBuffer cookie = m.mandatory(ParameterType.COOKIE);
        m.rest();
        return cookie;
    }

    /** The elements that a card names, in its order. */
    private int[] businessCard(final ControlInput m) throws MalformedException {
        m.begin(4);
        m.handle();
        final int[] ids = new int[config.bounds().elementsPerPool()];
        int n = 0;
        while (m.in().next()) {
            if (m.in().type() == ParameterType.POOL_ELEMENT) {
                final int id = PoolElementParameter.read(m.in().value(), m.unrecognized()).identifier();
                if (n < ids.length) {
                    ids[n++] = id;
                }
            } else {
                m.unknown();
            }
        }
        return Arrays.copyOf(ids, n);
    }
}
