// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import org.poolswitch.observe.CounterDescriptor;

/** What a media gateway counts. */
public enum MgCounter implements CounterDescriptor {
    /** Contexts made: calls that got their media. */
    CONTEXTS_MADE("mg_contexts_made_total",
        "Contexts made: calls that got their media."),
    /** Contexts whose last termination was subtracted. */
    CONTEXTS_ENDED("mg_contexts_ended_total",
        "Contexts whose last termination was subtracted."),
    /** Lines put into a context: calls that reached a called number. */
    SEIZURES("mg_seizures_total",
        "Lines put into a context: calls that reached a called number."),
    /** Additions refused with error 433 because the termination is in a context. */
    DOUBLED_REFUSED("mg_doubled_refused_total",
        "Additions refused with error 433 because the termination is in a context."),
    /** Contexts that changed their owner: takeovers by another controller. */
    CLAIMS("mg_claims_total",
        "Contexts that changed their owner: takeovers by another controller."),
    /** Commands refused with error 402 because another controller owns the context. */
    NON_OWNER_REFUSED("mg_non_owner_refused_total",
        "Commands refused with error 402 because another controller owns the context."),
    /** Transactions executed. */
    TRANSACTIONS("mg_transactions_total",
        "Transactions executed."),
    /** Duplicate transactions answered with the stored reply. */
    DUPLICATES("mg_duplicates_total",
        "Duplicate transactions answered with the stored reply."),
    /** Transactions whose id was known from another request: a restarted controller. */
    IDS_REUSED("mg_transaction_ids_reused_total",
        "Transactions whose id was known from another request: a restarted controller."),
    /** Stored replies dropped before their time for want of room. */
    REPLIES_FORGOTTEN("mg_replies_forgotten_total",
        "Stored replies dropped before their time for want of room."),
    /** Transactions answered with an error at any level. */
    ERRORS("mg_errors_sent_total",
        "Transactions answered with an error at any level."),
    /** Events observed on lines. */
    EVENTS("mg_events_observed_total",
        "Events observed on lines."),
    /** Notifies sent for the first time. */
    NOTIFIES_SENT("mg_notifies_sent_total",
        "Notifies sent for the first time."),
    /** Notifies sent again: unacknowledged, or for a new owner. */
    NOTIFIES_REPEATED("mg_notifies_repeated_total",
        "Notifies sent again: unacknowledged, or for a new owner."),
    /** Notifies that a controller answered. */
    NOTIFIES_ACKNOWLEDGED("mg_notifies_acknowledged_total",
        "Notifies that a controller answered."),
    /** Replies to nothing that is outstanding. */
    LATE_REPLIES("mg_late_replies_total",
        "Replies to nothing that is outstanding."),
    /** ServiceChanges sent, repetitions included. */
    SERVICE_CHANGES("mg_service_changes_sent_total",
        "ServiceChanges sent, repetitions included."),
    /** ServiceChanges that a controller answered. */
    SERVICE_CHANGES_ACKNOWLEDGED("mg_service_changes_acknowledged_total",
        "ServiceChanges that a controller answered."),
    /** Messages that are no H.248, answered with error 400 or 403. */
    MALFORMED("mg_malformed_total",
        "Messages that are no H.248, answered with error 400 or 403."),
    /** Messages that waited until their controllers were heard again, because the process had been stopped. */
    HELD("mg_held_total",
        "Messages that waited until their controllers were heard again, because the process had been stopped."),
    /** Such messages forgotten, because their controllers had gone elsewhere meanwhile. */
    HELD_DROPPED("mg_held_dropped_total",
        "Such messages forgotten, because their controllers had gone elsewhere meanwhile."),
    /** Controllers let go because too many such messages waited. */
    HELD_REFUSED("mg_held_refused_total",
        "Controllers let go because too many such messages waited."),
    /** Messages of another payload protocol, dropped. */
    WRONG_PROTOCOL("mg_wrong_protocol_total",
        "Messages of another payload protocol, dropped."),
    /** Messages that are an error descriptor. */
    PEER_ERRORS("mg_peer_errors_total",
        "Messages that are an error descriptor."),
    /** Messages of controllers beyond the limit, answered with error 510. */
    CONTROLLERS_REFUSED("mg_controllers_refused_total",
        "Messages of controllers beyond the limit, answered with error 510."),
    /** Messages that the transport did not take. */
    SENDS_REFUSED("mg_sends_refused_total",
        "Messages that the transport did not take.");

    private final String id;
    private final String help;

    MgCounter(final String id, final String help) {
        this.id = id;
        this.help = help;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String help() {
        return help;
    }
}
