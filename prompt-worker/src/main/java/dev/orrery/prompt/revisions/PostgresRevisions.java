package dev.orrery.prompt.revisions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.orrery.pipeline.database.Columns;
import dev.orrery.pipeline.database.DatabaseFailures;
import dev.orrery.pipeline.prompt.Prompt;
import dev.orrery.pipeline.prompt.PromptKind;
import dev.orrery.pipeline.prompt.PromptOptions;
import dev.orrery.pipeline.prompt.yaml.MalformedYaml;
import dev.orrery.pipeline.safety.MalformedSafety;
import dev.orrery.pipeline.safety.Safety;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link Revisions} on {@code chat.config_revisions}. A revision never changes, so it is remembered
 * for ever, within a bound.
 */
public final class PostgresRevisions implements Revisions {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** In UTF-16 units of templates, about twice as many bytes: thousands of long prompts. */
    private static final long MOST_REMEMBERED = 32L * 1024 * 1024;

    /** What a revision weighs besides its template, in the same unit. */
    private static final int BASE_WEIGHT = 1_024;

    private final DatabaseClient database;
    private final Duration timeLimit;
    private final Cache<UUID, Revision> remembered =
            Caffeine.newBuilder()
                    .maximumWeight(MOST_REMEMBERED)
                    .weigher((UUID id, Revision revision) ->
                            BASE_WEIGHT + revision.prompt().length() + revision.safety().length())
                    .build();

    /**
     * @param timeLimit for one read
     */
    public PostgresRevisions(DatabaseClient database, Duration timeLimit) {
        this.database = database;
        this.timeLimit = timeLimit;
    }

    @Override
    public Mono<Revision> of(UUID revision) {
        return Mono.justOrEmpty(remembered.getIfPresent(revision))
                .switchIfEmpty(Mono.defer(() -> read(revision)));
    }

    private Mono<Revision> read(UUID revision) {
        return database.sql(
                        """
                        select provider, model, temperature, top_p, top_k, max_output_tokens, prompt_token_limit, retry,
                               prompt, prompt_kind, history_turns, metadata::text as metadata
                          from chat.config_revisions
                         where revision_id = :revision
                        """)
                .bind("revision", revision)
                .map(PostgresRevisions::revision)
                .one()
                .timeout(timeLimit)
                .onErrorMap(DatabaseFailures::classified)
                .doOnNext(read -> remembered.put(revision, read));
    }

    private static Revision revision(Readable row) {
        var metadata = JSON.readTree(Columns.required(row, "metadata", String.class));
        var chain =
                Chain.of(
                        Columns.required(row, "provider", String.class),
                        Columns.required(row, "model", String.class),
                        Columns.required(row, "retry", Integer.class),
                        metadata);
        return new Revision(
                prompt(
                        Columns.required(row, "prompt_kind", String.class),
                        Columns.required(row, "prompt", String.class)),
                options(metadata),
                chain,
                safety(metadata),
                Columns.required(row, "history_turns", Integer.class),
                Columns.required(row, "prompt_token_limit", Integer.class),
                row.get("temperature", Double.class),
                row.get("top_p", Double.class),
                row.get("top_k", Integer.class),
                Columns.required(row, "max_output_tokens", Integer.class));
    }

    private static Prompt prompt(String kind, String source) {
        var known =
                PromptKind.named(kind)
                        .orElseThrow(
                                () -> new MalformedRevision("prompt_kind", kind, "a kind we know"));
        try {
            return Prompt.of(known, source);
        } catch (MalformedYaml malformed) {
            throw new MalformedRevision("prompt", malformed);
        }
    }

    private static PromptOptions options(JsonNode metadata) {
        try {
            return PromptOptions.of(metadata);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedRevision("revision", malformed);
        }
    }

    private static Safety safety(JsonNode metadata) {
        try {
            return Safety.of(metadata);
        } catch (MalformedSafety malformed) {
            throw new MalformedRevision("revision", malformed);
        }
    }
}
