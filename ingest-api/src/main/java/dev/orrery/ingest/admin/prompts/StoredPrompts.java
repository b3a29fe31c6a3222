package dev.orrery.ingest.admin.prompts;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.accounts.UserId;
import dev.orrery.ingest.admin.bots.Slug;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.store.Store;
import dev.orrery.pipeline.http.CommonProblem;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.prompt.PromptKind;
import dev.orrery.pipeline.prompt.PromptOptions;
import dev.orrery.pipeline.prompt.variables.Summary;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Bots, their active revisions and profiles, as previews need them. */
@Component
final class StoredPrompts {

    private final Store store;

    StoredPrompts(Store store) {
        this.store = store;
    }

    /** The bot of this slug, deleted ones aside; a {@link Problem} when there is none. */
    Mono<GivenBot> bot(String slug) {
        if (!Slug.isOne(slug)) {
            return missing("bot: no such slug");
        }
        var statement =
                store.sql(
                                """
                                select name, description, metadata::text as metadata
                                  from chat.bots where slug = $1 and deleted_at is null
                                """)
                        .bind(0, slug);
        return store.one(statement, StoredPrompts::bot).switchIfEmpty(missing("bot: no such slug"));
    }

    private static GivenBot bot(Readable row) {
        return new GivenBot(
                required(row, "name", String.class),
                required(row, "description", String.class),
                GivenJson.parsed(required(row, "metadata", String.class)));
    }

    /** What answers for the bot now; a {@link Problem} when nothing does. */
    Mono<GivenPrompt> active(String slug) {
        if (!Slug.isOne(slug)) {
            return Mono.error(StoredPrompts::inactive);
        }
        var statement =
                store.sql(
                                """
                                select r.prompt, r.prompt_kind, r.metadata::text as metadata, r.provider, r.model,
                                       r.history_turns, r.prompt_token_limit, r.max_output_tokens
                                  from chat.bots b
                                  join chat.llm_configs c on c.bot_id = b.bot_id and c.is_active
                                  join chat.config_revisions r on r.revision_id = c.current_revision_id
                                 where b.slug = $1 and b.deleted_at is null
                                """)
                        .bind(0, slug);
        return store.one(statement, StoredPrompts::prompt)
                .onErrorMap(
                        IllegalArgumentException.class,
                        unusable ->
                                new Problem(
                                        ProblemCode.BOT_NOT_CONFIGURED,
                                        "against: the active revision cannot be used"))
                .switchIfEmpty(Mono.error(StoredPrompts::inactive));
    }

    private static Problem inactive() {
        return new Problem(
                ProblemCode.BOT_NOT_CONFIGURED, "against: no active revision of such a bot");
    }

    private static GivenPrompt prompt(Readable row) {
        var metadata = GivenJson.parsed(required(row, "metadata", String.class));
        return new GivenPrompt(
                PromptKind.named(required(row, "prompt_kind", String.class)).orElseThrow(),
                required(row, "prompt", String.class),
                PromptOptions.of(metadata),
                required(row, "provider", String.class),
                required(row, "model", String.class),
                required(row, "history_turns", Integer.class),
                required(row, "prompt_token_limit", Integer.class),
                required(row, "max_output_tokens", Integer.class));
    }

    /** The profile that is in force; a {@link Problem} when the user never said anything. */
    Mono<ObjectNode> profile(String user) {
        if (!UserId.isOne(user)) {
            return missing("user_id: no profile of such a user");
        }
        var statement =
                store.sql(
                                """
                                select p.document::text as document
                                  from chat.users u
                                  join chat.profiles p on p.user_id = u.user_id and p.version = u.profile_version
                                 where u.user_id = $1
                                """)
                        .bind(0, user);
        return store.one(
                        statement, row -> GivenJson.parsed(required(row, "document", String.class)))
                .switchIfEmpty(missing("user_id: no profile of such a user"));
    }

    /** What the user wanted to be remembered up to an instant, the newest hundred, oldest first. */
    Mono<List<String>> memories(String user, Instant upTo) {
        var statement =
                store.sql(
                                """
                                select text
                                  from (select text, created_at, memory_id from chat.memories
                                         where user_id = $1 and created_at <= $2
                                         order by created_at desc, memory_id desc limit 100) newest
                                 order by created_at, memory_id
                                """)
                        .bind(0, user)
                        .bind(1, upTo);
        return store.all(statement, row -> required(row, "text", String.class)).collectList();
    }

    /** The newest that was noted of the user's conversations with the bot up to an instant. */
    Mono<Summary> summary(String user, String slug, Instant upTo) {
        var statement =
                store.sql(
                                """
                                select x.version, x.through_sequence, x.text
                                  from chat.session_summaries x
                                  join chat.sessions s on s.session_id = x.session_id
                                  join chat.bots b on b.bot_id = s.bot_id
                                 where s.user_id = $1 and b.slug = $2 and x.created_at <= $3
                                 order by x.created_at desc, x.version desc limit 1
                                """)
                        .bind(0, user)
                        .bind(1, slug)
                        .bind(2, upTo);
        return store.one(
                statement,
                row ->
                        new Summary(
                                required(row, "version", Integer.class),
                                required(row, "through_sequence", Integer.class),
                                required(row, "text", String.class)));
    }

    private static <T> Mono<T> missing(String detail) {
        return Mono.error(() -> new Problem(CommonProblem.NOT_FOUND, detail));
    }
}
