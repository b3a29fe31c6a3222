package dev.orrery.ingest.admin.bots;

import dev.orrery.ingest.admin.changes.Changes;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.store.Store;
import dev.orrery.pipeline.http.Fields;
import dev.orrery.pipeline.http.Problem;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes, changes and deletes bots; each change is noted in its own transaction. */
@Component
final class BotEdits {

    /** Each failed attempt means that somebody else made a bot of the same name just now. */
    private static final int MOST_ATTEMPTS = 100;

    private final Store store;
    private final BotRows rows;
    private final BotChangeCheck check;
    private final Changes changes;

    BotEdits(Store store, BotRows rows, BotChangeCheck check, Changes changes) {
        this.store = store;
        this.rows = rows;
        this.check = check;
        this.changes = changes;
    }

    /**
     * A new bot.
     *
     * @param slug null takes it from the name, with a number behind it where that is taken
     */
    Mono<Bot> create(String actor, BotFields fields, @Nullable String slug) {
        var id = randomId();
        if (slug != null) {
            return insert(actor, id, slug, fields).switchIfEmpty(Mono.error(() -> taken(slug)));
        }
        return createNumbered(actor, id, fields, Slug.of(fields.name(), id), MOST_ATTEMPTS);
    }

    private Mono<Bot> createNumbered(
            String actor, UUID id, BotFields fields, String base, int attempts) {
        return rows.firstFree(base)
                .flatMap(slug -> insert(actor, id, slug, fields))
                .switchIfEmpty(
                        Mono.defer(() ->
                                attempts > 1
                                        ? createNumbered(actor, id, fields, base, attempts - 1)
                                        : Mono.error(taken(base))));
    }

    /** Empty when the slug is taken. */
    private Mono<Bot> insert(String actor, UUID id, String slug, BotFields fields) {
        return store.together(
                rows.insert(id, slug, actor, fields)
                        .filter(inserted -> inserted == 1)
                        .flatMap(inserted -> rows.find(slug))
                        .flatMap(bot ->
                                changes.note(actor, "create_bot", bot.subject(), null, bot)
                                        .thenReturn(bot)));
    }

    /** What the document mentions replaces what was there, if the prompts in force allow it. */
    Mono<Bot> change(String actor, String slug, Fields document) {
        return store.together(
                        rows.lock(slug)
                                .flatMap(was -> {
                                    var fields = was.fields().changedBy(document);
                                    return check.passes(was.id(), was.metadata(), fields.metadata())
                                            .then(rows.update(was.id(), fields))
                                            .then(rows.find(slug))
                                            .flatMap(is -> noted(actor, was, is));
                                }))
                .switchIfEmpty(Mono.error(Slug::unknown));
    }

    /** Saying what is there already is no change. */
    private Mono<Bot> noted(String actor, Bot was, Bot is) {
        return was.fields().equals(is.fields())
                ? Mono.just(is)
                : changes.note(actor, "change_bot", is.subject(), was, is).thenReturn(is);
    }

    /** Nobody sees it any more; turns that were accepted end, and its slug is taken for ever. */
    Mono<Void> delete(String actor, String slug) {
        return store.together(
                        rows.lock(slug)
                                .flatMap(was ->
                                        rows.delete(was.id())
                                                .then(
                                                        changes.note(
                                                                actor,
                                                                "delete_bot",
                                                                was.subject(),
                                                                was,
                                                                null))
                                                .thenReturn(was)))
                .switchIfEmpty(Mono.error(Slug::unknown))
                .then();
    }

    private static Problem taken(String slug) {
        return new Problem(
                ProblemCode.CONFLICT,
                "slug: " + slug + " is taken, maybe by a deleted bot (expected: another one)");
    }

    /** UUID version 4 (RFC 9562): it tells nobody when a bot was made. It is no secret. */
    private static UUID randomId() {
        var random = ThreadLocalRandom.current();
        return new UUID(
                random.nextLong() & ~0xF000L | 0x4000L,
                random.nextLong() >>> 2 | 0x8000_0000_0000_0000L);
    }
}
