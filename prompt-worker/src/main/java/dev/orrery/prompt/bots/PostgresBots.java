package dev.orrery.prompt.bots;

import static dev.orrery.pipeline.database.Columns.required;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.orrery.pipeline.database.DatabaseFailures;
import dev.orrery.pipeline.prompt.variables.Bot;
import dev.orrery.pipeline.prompt.variables.Zones;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@link Bots} on {@code chat.bots}, remembered for a short while. */
public final class PostgresBots implements Bots {

    private static final Logger log = LoggerFactory.getLogger(PostgresBots.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Far more than an installation has. */
    private static final int MOST_BOTS = 10_000;

    private final DatabaseClient database;
    private final Duration timeLimit;
    private final Cache<UUID, Bot> remembered;

    /**
     * @param timeLimit for one read
     * @param freshness how long a bot is remembered, and with that how late a change is seen
     */
    public PostgresBots(DatabaseClient database, Duration timeLimit, Duration freshness) {
        this.database = database;
        this.timeLimit = timeLimit;
        this.remembered =
                Caffeine.newBuilder().maximumSize(MOST_BOTS).expireAfterWrite(freshness).build();
    }

    @Override
    public Mono<Bot> of(UUID bot) {
        return Mono.justOrEmpty(remembered.getIfPresent(bot))
                .switchIfEmpty(Mono.defer(() -> read(bot)));
    }

    private Mono<Bot> read(UUID bot) {
        return database.sql(
                        "select name, description, metadata::text as metadata from chat.bots where bot_id = :bot")
                .bind("bot", bot)
                .map(row -> bot(bot, row))
                .one()
                .timeout(timeLimit)
                .onErrorMap(DatabaseFailures::classified)
                .doOnNext(read -> remembered.put(bot, read));
    }

    private static Bot bot(UUID id, Readable row) {
        var metadata = JSON.readTree(required(row, "metadata", String.class));
        warnOfUnknownZone(id, metadata.path("time_zone"));
        return Bot.of(
                required(row, "name", String.class),
                required(row, "description", String.class),
                metadata);
    }

    /**
     * A zone that does not exist must not silence a bot; the default is as good a guess as any, and
     * the log names it.
     */
    private static void warnOfUnknownZone(UUID bot, JsonNode name) {
        if (name.isString() && Zones.named(name.stringValue()).isEmpty()) {
            log.warn(
                    "Unknown time zone of a bot, using {}: bot={} zone={}",
                    Bot.DEFAULT_ZONE,
                    bot,
                    name.stringValue());
        }
    }
}
