// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.megaco;

/** Error codes of RFC 3525 section 7.3 that this software sends or acts on. */
public final class ErrorCode {
    /** Syntax error in message. */
    public static final int BAD_MESSAGE = 400;
    /** Protocol error. */
    public static final int PROTOCOL_ERROR = 401;
    /** Unauthorized: another controller owns the context. */
    public static final int UNAUTHORISED = 402;
    /** Syntax error in TransactionRequest. */
    public static final int BAD_TRANSACTION = 403;
    /** Version not supported. */
    public static final int VERSION = 406;
    /** The transaction refers to an unknown ContextID. */
    public static final int UNKNOWN_CONTEXT = 411;
    /** No ContextIDs available. */
    public static final int NO_CONTEXTS = 412;
    /** Unknown action or illegal combination of actions. */
    public static final int ILLEGAL_ACTION = 421;
    /** Unknown TerminationID. */
    public static final int UNKNOWN_TERMINATION = 430;
    /** No TerminationID matched a wildcard. */
    public static final int NO_MATCH = 431;
    /** Out of TerminationIDs or no TerminationID available. */
    public static final int NO_TERMINATIONS = 432;
    /** TerminationID is already in a context; our gateway's text says in which. */
    public static final int ALREADY_IN_CONTEXT = 433;
    /** Maximum number of terminations in a context exceeded. */
    public static final int TOO_MANY_TERMINATIONS = 434;
    /** TerminationID is not in the specified context. */
    public static final int NOT_IN_CONTEXT = 435;
    /** Unsupported or unknown package. */
    public static final int UNKNOWN_PACKAGE = 440;
    /** Syntax error in command. */
    public static final int BAD_COMMAND = 442;
    /** Unsupported or unknown command. */
    public static final int UNSUPPORTED_COMMAND = 443;
    /** Unsupported or unknown descriptor. */
    public static final int UNSUPPORTED_DESCRIPTOR = 444;
    /** No such event in this package. */
    public static final int UNKNOWN_EVENT = 451;
    /** No such signal in this package. */
    public static final int UNKNOWN_SIGNAL = 452;
    /** Internal software failure in the gateway. */
    public static final int INTERNAL = 500;
    /** Not implemented. */
    public static final int NOT_IMPLEMENTED = 501;
    /** Service unavailable. */
    public static final int UNAVAILABLE = 503;
    /** Insufficient resources. */
    public static final int NO_RESOURCES = 510;
    /** Response exceeds maximum transport PDU size. */
    public static final int RESPONSE_TOO_BIG = 533;

    private ErrorCode() {
    }
}
