// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.call;

/**
 * One call as a {@link CallMachine} sees and steers it. Commands only queue: what follows from them comes as a later
 * call of the machine. Everything that must survive this process is kept here, not in the machine: {@link #state} goes
 * into the cookie with every backward message, and a controller that takes over finds it there.
 */
public interface CallControl {
    /** Called number, digits. */
    String called();

    /** Calling number, digits, or "" if it was not given. */
    String calling();

    /**
     * Replaces the called number before {@link #connect}.
     *
     * @throws IllegalArgumentException if it is not 1 to 20 of {@code 0123456789*#}
     */
    void redirectTo(String called);

    /** The machine's own state; 0 at first. */
    int state();

    /** Sets the machine's own state. */
    void setState(int state);

    /** Asks the gatekeeper: {@code onAdmitted} or {@code onRejected} follows. */
    void admit();

    /** Has the media gateway seize the called line: {@code onConnected} or {@code onMediaFailed} follows. */
    void connect();

    /** ACM. @param subscriberFree whether the called party is known to be alerted */
    void sendAddressComplete(boolean subscriberFree);

    /** CPG "alerting". */
    void sendAlerting();

    /** ANM. */
    void sendAnswer();

    /**
     * REL towards the caller; media and admission are given back by themselves.
     *
     * @param cause Q.850 value
     * @throws IllegalArgumentException if it is not 1 to 127
     */
    void release(int cause);

    /**
     * Starts the call's timer anew: {@code onTimer} follows unless the call is released before.
     *
     * @param ns from now on; so many that no clock counts them are never over
     * @throws IllegalArgumentException if it is negative
     */
    void startTimer(long ns);

    /** Stops the timer. */
    void stopTimer();

    /** Monotonic time of the input that is being handled. */
    long nowNs();
}
