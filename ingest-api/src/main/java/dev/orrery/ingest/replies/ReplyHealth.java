package dev.orrery.ingest.replies;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Up as soon as this instance has an address for replies; before that it accepts no message. */
@Component("replies")
final class ReplyHealth implements HealthIndicator {

    private final ReplyTails tails;

    ReplyHealth(ReplyTails tails) {
        this.tails = tails;
    }

    @Override
    public Health health() {
        return (tails.address().isPresent() ? Health.up() : Health.down()).build();
    }
}
