// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.kernel;

import java.io.IOException;
import org.poolswitch.sctp.DownCause;

/**
 * Why an association ends. The socket's error, the kernel's notifications and the end of file each know a part of it,
 * and come in any order.
 */
final class KernelVerdict {
    private DownCause cause = DownCause.PEER_ABORTED;
    /** The cause is known from an error number or from the peer's own words. */
    private boolean sure;
    /** The kernel has said that it is over, so what it hands back is all that is lost. */
    private boolean kernelSaidSo;
    /** A whole lossSettleNs passed in which the kernel said nothing of a loss. */
    private boolean quiet;

    DownCause cause() {
        return cause;
    }

    /** Whatever was thought before. */
    void decide(final DownCause why) {
        cause = why;
    }

    /**
     * The socket's error says better than a notification why.
     *
     * @param suspect true if no path works
     * @return false if that was known already
     */
    boolean onError(final IOException e, final boolean suspect) {
        // the JDK has the error number in words only: ETIMEDOUT after Association.Max.Retrans, ECONNRESET after ABORT
        final String text = String.valueOf(e.getMessage());
        final boolean timedOut = text.contains("timed out");
        final boolean clear = timedOut || text.contains("reset");
        return think(timedOut || !clear && suspect ? DownCause.PEER_SILENT : DownCause.PEER_ABORTED, clear);
    }

    /**
     * The kernel says that it is over. SEND_FAILED notifications follow, and after them the socket's error or its end
     * of file.
     *
     * @return false if a better reason is known already
     */
    boolean onNotification(final DownCause why) {
        kernelSaidSo = true;
        return think(why, why == DownCause.SHUTDOWN);
    }

    private boolean think(final DownCause why, final boolean clear) {
        if (sure) {
            return false;
        }
        sure = clear;
        cause = why;
        return true;
    }

    /** The socket has no more to give. */
    void onEndOfSocket() {
        kernelSaidSo = true;
    }

    boolean kernelSaidSo() {
        return kernelSaidSo;
    }

    /** True while nothing but a failed write speaks for the end. */
    boolean isDoubtful() {
        return !sure && !kernelSaidSo;
    }

    /** The kernel is still telling what it knows. */
    void onWord() {
        quiet = false;
    }

    /** A lossSettleNs is over; returns true if that was enough. */
    boolean hasSettled() {
        // twice, because after a pause of this process timers may fire before anything is read
        final boolean enough = quiet || kernelSaidSo;
        quiet = true;
        return enough;
    }
}
