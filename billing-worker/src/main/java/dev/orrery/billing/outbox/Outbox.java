package dev.orrery.billing.outbox;

import reactor.core.publisher.Mono;

/** Posted entries that are not known to stand in {@code billing.entries}. */
@FunctionalInterface
interface Outbox {

    /**
     * Publishes the oldest entries in the order of their numbers and takes them out once they are
     * acknowledged. At most one caller, over all replicas, does so at a time; another one finds
     * nothing.
     *
     * @return how many were published, 0 when there are none or somebody else is at it
     */
    Mono<Integer> publishBatch();
}
