package dev.orrery.ingest.replies;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Up as soon as this instance has an address for replies; before that it accepts no message. */
@Component("replies")
final class ReplyHealth implements HealthIndicator {

    private final ReplyTails tails;
    private final ReplyStreams streams;

    ReplyHealth(ReplyTails tails, ReplyStreams streams) {
        this.tails = tails;
        this.streams = streams;
    }

    @Override
    public Health health() {
        var health = tails.address().isPresent() ? Health.up() : Health.down();
        return health.withDetail("streams", streams.openStreams())
                .withDetail("foreign_tails", tails.foreignTails())
                .build();
    }
}
