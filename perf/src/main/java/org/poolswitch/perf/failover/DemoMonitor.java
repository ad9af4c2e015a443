// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.perf.failover;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Hears every event of the demo's processes and keeps what the report needs. */
final class DemoMonitor {
    private final GapBook gaps = new GapBook();
    private final RegistrarBook registrars = new RegistrarBook();
    private final ProgressLine progress;
    private final CountDownLatch replayed = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile NodeEvent replay;
    private volatile NodeEvent end;
    private volatile NodeEvent ladderCall;
    private volatile HeldRequest heldRequest;

    DemoMonitor(final ProgressLine progress) {
        this.progress = progress;
    }

    void onEvent(final NodeEvent event) {
        gaps.onEvent(event);
        registrars.onEvent(event);
        switch (event.kind()) {
            case "progress" -> progress.update(event);
            case "replay" -> {
                replay = event;
                replayed.countDown();
            }
            case "failover" -> {
                // a call that was in set-up when its controller died makes the most telling ladder
                if (event.node().equals("sg") && ladderCall == null && event.number("pending") > 0) {
                    ladderCall = event;
                }
            }
            case "admission-held" -> {
                if (heldRequest != null) {
                    heldRequest.holder.complete(event.node());
                }
            }
            case "end" -> {
                if (event.node().equals("sg")) {
                    end = event;
                    replayed.countDown();
                    ended.countDown();
                }
            }
            default -> { }
        }
    }

    GapBook gaps() {
        return gaps;
    }

    RegistrarBook registrars() {
        return registrars;
    }

    /** A fault is about to be put on a node. */
    void died(final Death death) {
        gaps.died(death);
        registrars.died(death);
    }

    boolean isEnded() {
        return end != null;
    }

    /** The replayed capture's verdict, or null if it did not come in time. */
    NodeEvent awaitReplay(final long seconds) throws InterruptedException {
        replayed.await(seconds, TimeUnit.SECONDS);
        return replay;
    }

    /** The SG's last words, or null if they did not come in time. */
    NodeEvent awaitEnd(final long seconds) throws InterruptedException {
        ended.await(seconds, TimeUnit.SECONDS);
        return end;
    }

    /** To be called before a gatekeeper is told to hold its next admission request. */
    HeldRequest expectHeldRequest() {
        heldRequest = new HeldRequest();
        return heldRequest;
    }

    /** The moment in which a gatekeeper has received an admission request and holds its answer. */
    static final class HeldRequest {
        private final CompletableFuture<String> holder = new CompletableFuture<>();

        /** The gatekeeper's name, or null if none came in time. */
        String await(final long seconds) throws InterruptedException {
            try {
                return holder.get(seconds, TimeUnit.SECONDS);
            } catch (final TimeoutException e) {
                return null;
            } catch (final ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    NodeEvent ladderCall() {
        return ladderCall;
    }
}
