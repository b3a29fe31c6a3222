package dev.orrery.ingest.profiles;

import static dev.orrery.pipeline.database.Columns.required;

import dev.orrery.ingest.accounts.Accounts;
import dev.orrery.ingest.store.Store;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Profiles by version. A turn keeps the version it was accepted under, so a version never changes.
 */
@Component
final class Profiles {

    private final Store store;
    private final Accounts accounts;
    private final JsonMapper json;

    Profiles(Store store, Accounts accounts, JsonMapper json) {
        this.store = store;
        this.accounts = accounts;
        this.json = json;
    }

    /** The profile in force; empty when the user never said anything. */
    Mono<StoredProfile> find(String user) {
        var statement =
                store.sql(
                                """
                                select p.version, p.document, p.created_at
                                  from chat.users u
                                  join chat.profiles p on p.user_id = u.user_id and p.version = u.profile_version
                                 where u.user_id = $1
                                """)
                        .bind(0, user);
        return store.one(statement, Profiles::read);
    }

    /** Puts a profile in force. Saying the same again makes no new version. */
    Mono<StoredProfile> put(String user, Profile profile) {
        var document = json.writeValueAsString(profile);
        return accounts.open(user)
                .then(
                        store.together(
                                accounts.lock(user)
                                        .then(addVersion(user, document).then(find(user)))));
    }

    private Mono<Long> addVersion(String user, String document) {
        var statement =
                store.sql(
                                """
                                with latest as (
                                  select u.profile_version, p.document
                                    from chat.users u
                                    left join chat.profiles p
                                      on p.user_id = u.user_id and p.version = u.profile_version
                                   where u.user_id = $1),
                                added as (
                                  insert into chat.profiles (user_id, version, document)
                                  select $1, latest.profile_version + 1, $2::jsonb from latest
                                   where latest.document is distinct from $2::jsonb
                                  returning version)
                                update chat.users set profile_version = added.version from added where user_id = $1
                                """)
                        .bind(0, user)
                        .bind(1, document);
        return store.change(statement);
    }

    /**
     * Deletes every version and hands them to the enrichment worker, which forgets what it learned
     * from them; deletes what the user wanted remembered, what was noted of their conversations,
     * and what they wrote about answers. Versions go on counting, so that no turn in flight ever
     * sees another profile under the number it was accepted with.
     */
    Mono<Void> erase(String user) {
        var profiles =
                store.sql(
                                """
                                with erased as (
                                  delete from chat.profiles where user_id = $1 returning user_id, version, document)
                                insert into chat.erasures (user_id, version, document)
                                select user_id, version, document from erased
                                """)
                        .bind(0, user);
        var memories = store.sql("delete from chat.memories where user_id = $1").bind(0, user);
        var summaries =
                store.sql(
                                """
                                delete from chat.session_summaries x using chat.sessions s
                                 where s.user_id = $1 and x.session_id = s.session_id
                                """)
                        .bind(0, user);
        var comments =
                store.sql(
                                """
                                update chat.feedback f set comment = null
                                  from chat.sessions s join chat.turns t on t.session_id = s.session_id
                                 where s.user_id = $1 and f.turn_id = t.turn_id and f.comment is not null
                                """)
                        .bind(0, user);
        return store.together(
                        accounts.lock(user)
                                .then(store.change(profiles))
                                .then(store.change(memories))
                                .then(store.change(summaries))
                                .then(store.change(comments)))
                .then();
    }

    private static StoredProfile read(Readable row) {
        return new StoredProfile(
                required(row, "version", Integer.class),
                required(row, "document", String.class),
                required(row, "created_at", Instant.class));
    }
}
