package dev.orrery.ingest.admin.experiments;

import dev.orrery.ingest.testing.RunningDoor;
import java.util.UUID;

/**
 * Users of one arm, each with one turn that has ended; written into the rows at once, as the
 * pipeline would have left them.
 *
 * @param arm name of the arm
 * @param users how many
 * @param failed of these, without an answer
 * @param fallback of these, answered by another model
 * @param upOfTen how many of ten rated answers of the arm's own model are thumbs up
 * @param latencyMillis of the first answer; each further one takes a millisecond longer
 */
record Crowd(String arm, int users, int failed, int fallback, int upOfTen, int latencyMillis) {

    static Crowd content(String arm, int users, int upOfTen) {
        return new Crowd(arm, users, 0, 0, upOfTen, 1_000);
    }

    void comes(RunningDoor door, String experiment) {
        door.execute(
                """
                with people as (
                  insert into chat.users (user_id, wallet_id)
                  select 'crowd-%1$s-' || n, gen_random_uuid() from generate_series(1, %2$d) as n
                  returning user_id, wallet_id),
                talks as (
                  insert into chat.sessions (session_id, user_id, wallet_id, bot_id, price, price_version)
                  select gen_random_uuid(), p.user_id, p.wallet_id, e.bot_id,
                         '{"unit": "free", "currency": "INR"}', 1
                    from people p, chat.experiments e where e.experiment_id = '%3$s'
                  returning session_id, user_id, wallet_id, bot_id),
                numbered as (select talks.*, row_number() over (order by user_id) as n from talks),
                turns as (
                  insert into chat.turns
                    (turn_id, session_id, user_id, wallet_id, bot_id, sequence, revision_id, experiment_id,
                     experiment_arm, profile_version, facts, request_text, request_hash, accepted_at, deadline,
                     reply_partition, reply_offset, hold_micros, is_free, state, finished_at, code, reply_text,
                     provider, model, attempts, first_token_at, charge_micros, cost_micros, currency, final_epoch,
                     request_published_at, outcome_published_at)
                  select gen_random_uuid(), s.session_id, s.user_id, s.wallet_id, s.bot_id, 1, r.revision_id,
                         e.experiment_id, e.name || '/' || a.name, 0, '[]', 'Hello', '\\x00', now(), now(), 0, 0, 0, true,
                         case when s.n <= %5$d then 'failed' else 'completed' end,
                         now() + (%8$d + s.n) * interval '1 millisecond',
                         case when s.n <= %5$d then 'internal' end, case when s.n > %5$d then 'Hi' end,
                         r.provider, case when s.n <= %5$d + %6$d then 'other' else r.model || '-2026' end,
                         jsonb_build_array(
                           jsonb_build_object('provider', r.provider, 'model', r.model,
                             'result', case when s.n > %5$d + %6$d then 'answered' else 'timeout' end),
                           jsonb_build_object('provider', r.provider, 'model', 'other',
                             'result', case when s.n > %5$d then 'answered' else 'timeout' end)),
                         now() + interval '100 milliseconds', 5, 7, 'INR', 1, now(), now()
                    from numbered s
                    join chat.experiments e on e.experiment_id = '%3$s'
                    join chat.experiment_arms a on a.experiment_id = e.experiment_id and a.name = '%4$s'
                    join chat.config_revisions r on r.revision_id = a.revision_id
                  returning turn_id, substring(user_id from '[0-9]+$')::int as n)
                insert into chat.feedback (turn_id, rating)
                select turn_id, case when n %% 10 < %7$d then 'up' else 'down' end from turns
                """
                        .formatted(
                                UUID.randomUUID(),
                                users,
                                experiment,
                                arm,
                                failed,
                                fallback,
                                upOfTen,
                                latencyMillis));
    }
}
