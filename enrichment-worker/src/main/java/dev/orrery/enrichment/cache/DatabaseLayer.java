package dev.orrery.enrichment.cache;

import dev.orrery.events.CacheLayer;
import dev.orrery.pipeline.database.Columns;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** {@code enrichment.facts}: what was ever learned, for as long as nobody learns better. */
final class DatabaseLayer implements Layer {

    private final DatabaseClient database;
    private final Duration limit;

    /**
     * @param limit for one statement, waiting for a connection included
     */
    DatabaseLayer(DatabaseClient database, Duration limit) {
        this.database = database;
        this.limit = limit;
    }

    @Override
    public CacheLayer place() {
        return CacheLayer.DATABASE;
    }

    @Override
    public Mono<Stored> find(Key key) {
        return database.sql(
                        """
                        select document::text as document, fetched_at, fresh_until from enrichment.facts
                         where kind = :kind and question = :question
                        """)
                .bind("kind", key.kind())
                .bind("question", key.question())
                .map(DatabaseLayer::stored)
                .one()
                .timeout(limit);
    }

    /** Two replicas may have asked at the same time; what was learned last stays. */
    @Override
    public Mono<Void> keep(Key key, Stored stored) {
        var insert =
                database.sql(
                                """
                                insert into enrichment.facts as known
                                  (kind, question, subject, document, fetched_at, fresh_until)
                                values (:kind, :question, :subject, cast(:document as jsonb), :fetchedAt, :freshUntil)
                                on conflict (kind, question) do update
                                   set document = excluded.document, fetched_at = excluded.fetched_at,
                                       fresh_until = excluded.fresh_until
                                 where known.fetched_at <= excluded.fetched_at
                                """)
                        .bind("kind", key.kind())
                        .bind("question", key.question())
                        .bind("subject", key.subject())
                        .bind("document", stored.document())
                        .bind("fetchedAt", stored.fetchedAt());
        var freshUntil = stored.freshUntil();
        var complete =
                freshUntil == null
                        ? insert.bindNull("freshUntil", Instant.class)
                        : insert.bind("freshUntil", freshUntil);
        return complete.then().timeout(limit);
    }

    /** By whom they tell of, so that answers of earlier versions and other services go, too. */
    @Override
    public Mono<Void> forget(List<Key> keys) {
        var subjects = keys.stream().map(Key::subject).distinct().toArray(String[]::new);
        return database.sql("delete from enrichment.facts where subject = any($1)")
                .bind(0, subjects)
                .then()
                .timeout(limit);
    }

    @Override
    public boolean forgetsByItself() {
        return false;
    }

    private static Stored stored(Readable row) {
        return new Stored(
                Columns.required(row, "document", String.class),
                Columns.required(row, "fetched_at", Instant.class),
                row.get("fresh_until", Instant.class));
    }
}
