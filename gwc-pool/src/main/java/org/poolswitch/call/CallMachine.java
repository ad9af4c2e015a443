// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.call;

/**
 * What a controller does with calls. One machine serves all calls of a process, one after another on one thread, so it
 * keeps nothing about a call in itself; see {@link CallControl#state}. An input may come again after a failover if the
 * controller before had no time to tell that it was handled; handling it twice must do what handling it once does.
 * Whatever an input throws ends its call (cause 41) and is counted.
 *
 * <p>The defaults are an ordinary call: ask, connect, tell the caller. A machine overrides what it wants differently.
 */
public interface CallMachine {
    /** Q.850: user busy. */
    int USER_BUSY = 17;
    /** Q.850: no answer from user. */
    int NO_ANSWER = 19;
    /** Q.850: call rejected. */
    int CALL_REJECTED = 21;
    /** Q.850: normal call clearing. */
    int NORMAL_CLEARING = 16;
    /** Q.850: no circuit available. */
    int NO_CIRCUIT = 34;

    /** How long the called party may let it ring (T9 of Q.764, 90 s to 180 s). */
    default long noAnswerNs() {
        return 90_000_000_000L;
    }

    /** A new call (IAM). */
    default void onSetup(final CallControl call) {
        call.admit();
    }

    /** The gatekeeper agrees. */
    default void onAdmitted(final CallControl call) {
        call.connect();
    }

    /** The gatekeeper refuses, or there is none. @param cause Q.850 value that fits its reason */
    default void onRejected(final CallControl call, final int cause) {
        call.release(cause);
    }

    /** The called line is seized. */
    default void onConnected(final CallControl call) {
        call.sendAddressComplete(false);
        call.startTimer(noAnswerNs());
    }

    /** The media gateway cannot. @param cause Q.850 value that fits its error */
    default void onMediaFailed(final CallControl call, final int cause) {
        call.release(cause);
    }

    /** The called party is alerted. */
    default void onRinging(final CallControl call) {
        call.sendAlerting();
    }

    /** The called party answers. */
    default void onAnswer(final CallControl call) {
        call.stopTimer();
        call.sendAnswer();
    }

    /** The called line is busy. */
    default void onBusy(final CallControl call) {
        call.release(USER_BUSY);
    }

    /** No way to the called line. */
    default void onCongestion(final CallControl call) {
        call.release(NO_CIRCUIT);
    }

    /** The called party hangs up. */
    default void onHangUp(final CallControl call) {
        call.release(NORMAL_CLEARING);
    }

    /** The timer of {@link CallControl#startTimer}. */
    default void onTimer(final CallControl call) {
        call.release(NO_ANSWER);
    }

    /** The caller hung up (REL); everything is given back by itself. */
    default void onCallerReleased(final CallControl call, final int cause) {
    }

    /** This controller took the call over from another one. */
    default void onTakeover(final CallControl call) {
    }
}
