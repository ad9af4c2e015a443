// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.asap;

/**
 * One session's move to an alternate element.
 *
 * @param fromElement    PE identifier of the lost element
 * @param toElement      PE identifier of the new one
 * @param cause          how the loss was noticed
 * @param lastHeardNs    when the lost element was last heard
 * @param detectedNs     when it was given up
 * @param hadCookie      whether a COOKIE_ECHO was sent
 * @param resentMessages retained messages sent again
 */
public record Failover(int fromElement, int toElement, Cause cause, long lastHeardNs, long detectedNs,
    boolean hadCookie, int resentMessages) {

    /** How the loss was noticed. */
    public enum Cause {
        /** Nobody listens there any more, or the peer aborted: the process is dead. */
        UNREACHABLE,
        /** Silence: paused, cut off, or the host is gone. */
        SILENT,
        /** The peer said goodbye in good order. */
        SHUTDOWN,
        /** The application asked for it. */
        APPLICATION
    }
}
