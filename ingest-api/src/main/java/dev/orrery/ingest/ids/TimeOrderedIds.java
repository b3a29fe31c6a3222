package dev.orrery.ingest.ids;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;

/**
 * New identifiers: UUID version 7 (RFC 9562 section 5.7), so that rows which are made together lie
 * together in an index. They are not secret: whoever guesses one is still asked whether it is
 * theirs. May be called on any thread; never blocks, which a source of secure randomness may.
 */
@Component
public final class TimeOrderedIds {

    private final Clock clock;

    TimeOrderedIds(Clock clock) {
        this.clock = clock;
    }

    public UUID next() {
        var random = ThreadLocalRandom.current();
        long time = clock.millis() << 16 | 0x7000 | random.nextInt(0x1000);
        long rest = 0x8000_0000_0000_0000L | random.nextLong() >>> 2;
        return new UUID(time, rest);
    }
}
