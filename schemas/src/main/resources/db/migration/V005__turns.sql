-- The turn: state machine, journal and outbox in one row. It moves only through the functions below, which are the one
-- arbiter of the pipeline: whoever wants to end a turn calls finish_turn, the first one wins, and every caller publishes
-- what the row says. now() of this server is the only clock that decides.

create table chat.turns (
  turn_id              uuid        primary key,
  session_id           uuid        not null references chat.sessions,
  user_id              text        not null,
  wallet_id            uuid        not null,
  bot_id               uuid        not null,
  sequence             int         not null,
  revision_id          uuid        not null references chat.config_revisions,
  experiment_arm       text,
  profile_version      int         not null,
  facts                jsonb       not null, -- the external data the bot wanted at acceptance
  request_text         text        not null,
  request_hash         bytea       not null, -- of everything the client sent; tells a repeat from another message
  accepted_at          timestamptz not null default now(),
  deadline             timestamptz not null,
  reply_partition      int         not null,
  reply_offset         bigint      not null, -- where a reader of the reply has to begin
  hold_micros          bigint      not null, -- 0 when nothing had to be reserved
  is_free              boolean     not null,
  state                text        not null default 'open'
                                   check (state in ('open', 'completed', 'failed', 'cancelled')),
  -- the run: one worker's lease on the turn
  run_id               uuid,
  run_number           int         not null default 0,
  lease_until          timestamptz,
  delivered_input      bigint      not null default 0, -- tokens, as the run last reported them
  delivered_output     bigint      not null default 0, -- above 0 as soon as a text was visible
  -- the end, written once
  finished_at          timestamptz,
  code                 text,
  reply_text           text,
  finish_reason        text,
  provider             text,
  model                text,
  region               text,
  input_tokens         bigint,
  output_tokens        bigint,
  cached_input_tokens  bigint,
  reasoning_tokens     bigint,
  usage_estimated      boolean,
  attempts             jsonb,
  prompt_hash          text,
  first_token_at       timestamptz,
  charge_micros        bigint,
  uncollected_micros   bigint      not null default 0, -- what the answer would have cost above the hold; never a debt
  currency             char(3)     not null,
  final_epoch          bigint,
  opened_by_restart    boolean,
  chunk_ends           int[],  -- where each delta of the final epoch ends, in UTF-16 units of reply_text
  -- what is known to stand in the topics
  request_published_at timestamptz,
  outcome_published_at timestamptz,
  swept_at             timestamptz,
  unique (session_id, sequence),
  check ((state = 'open') = (finished_at is null)),
  check (state = 'open' or (final_epoch is not null and charge_micros is not null))
) with (fillfactor = 70);
create unique index one_open_turn_per_session on chat.turns (session_id) where state = 'open';
create index turns_open_by_deadline   on chat.turns (deadline)    where state = 'open';
create index turns_request_unpublished on chat.turns (accepted_at) where request_published_at is null;
create index turns_outcome_unpublished on chat.turns (finished_at)
  where state <> 'open' and outcome_published_at is null;

-- A run owns a range of epochs of its own, so that no two runs ever write the same place of a reply.
create function chat.first_epoch_of_run(run_number int) returns bigint language sql immutable parallel safe as $$
  select (run_number - 1)::bigint * 100 + 1
$$;

-- Minutes a session has started between its first message and this instant; the first begins at once.
create function chat.started_minutes(first_accepted_at timestamptz, until timestamptz)
returns bigint language sql immutable parallel safe as $$
  select greatest(1, ceil(extract(epoch from until - first_accepted_at)::numeric / 60))::bigint
$$;

-- Whether a request is the one that this turn was accepted for.
create function chat.is_repeat(turn chat.turns, p_session_id uuid, p_user_id text, p_request_hash bytea)
returns boolean language sql immutable set search_path = pg_catalog, pg_temp as $$
  select turn.session_id = p_session_id and turn.user_id = p_user_id and turn.request_hash = p_request_hash
$$;

-- Accepts a message, or says why not. One transaction: everything below, or nothing.
--   1 the id is known: same request -> existing, another -> conflict       4 the bot has an active configuration
--   2 the session is the user's and open                                   5 the profile has what the bot requires
--   3 no other turn of the session is open                                 6 the wallet covers the worst case, last
-- The id of a turn belongs to one request of one user in one session; anything else that comes with it is a conflict.
-- verdict: accepted | existing | conflict | unknown_session | session_closed | turn_in_progress | bot_unavailable
--          | bot_not_configured | profile_incomplete | payment_required
-- detail:  turn_in_progress {"turn_id"}, profile_incomplete {"missing": [...]}, payment_required {"needed_micros"}
-- Locks the session, then holds by turn id, then the wallet.
create function chat.accept_turn(
  p_turn_id uuid, p_session_id uuid, p_user_id text, p_text text, p_request_hash bytea,
  p_patience_ms int, p_grace_ms int, p_reply_partition int, p_reply_offset bigint)
returns table (verdict text, detail jsonb, turn chat.turns) language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
  session   chat.sessions;
  bot       chat.bots;
  revision  chat.config_revisions;
  person    chat.users;
  profile   jsonb;
  missing   jsonb;
  free      boolean;
  worst     numeric; -- may be more than any wallet can hold
  until     timestamptz := now() + make_interval(secs => p_patience_ms / 1000.0);
begin
  select t.* into turn from chat.turns t where t.turn_id = p_turn_id;
  if found then
    verdict := case when chat.is_repeat(turn, p_session_id, p_user_id, p_request_hash)
                    then 'existing' else 'conflict' end;
    return next; return;
  end if;

  select s.* into session from chat.sessions s
   where s.session_id = p_session_id and s.user_id = p_user_id for update;
  if not found then
    verdict := 'unknown_session'; return next; return;
  end if;

  select t.* into turn from chat.turns t where t.turn_id = p_turn_id; -- accepted while we waited for the session
  if found then
    verdict := case when chat.is_repeat(turn, p_session_id, p_user_id, p_request_hash)
                    then 'existing' else 'conflict' end;
    return next; return;
  end if;

  if session.state <> 'open' then
    verdict := 'session_closed'; return next; return;
  end if;
  if session.open_turn_id is not null then
    verdict := 'turn_in_progress'; detail := jsonb_build_object('turn_id', session.open_turn_id);
    return next; return;
  end if;

  select b.* into bot from chat.bots b where b.bot_id = session.bot_id;
  if bot.status <> 'live' or bot.deleted_at is not null then
    verdict := 'bot_unavailable'; return next; return;
  end if;
  select r.* into revision
    from chat.llm_configs c join chat.config_revisions r on r.revision_id = c.current_revision_id
   where c.bot_id = session.bot_id and c.is_active;
  if not found then
    verdict := 'bot_not_configured'; return next; return;
  end if;

  select u.* into person from chat.users u where u.user_id = p_user_id;
  select p.document into profile from chat.profiles p
   where p.user_id = p_user_id and p.version = person.profile_version;
  select jsonb_agg(field) into missing
    from jsonb_array_elements_text(coalesce(bot.metadata -> 'required_fields', '[]')) as field
   where coalesce(profile -> field, 'null') = 'null';
  if missing is not null then
    verdict := 'profile_incomplete'; detail := jsonb_build_object('missing', missing);
    return next; return;
  end if;

  free  := session.free_used < coalesce((session.price ->> 'free_messages')::numeric, 0);
  worst := case when free then 0 else billing.exact_charge(
             session.price, revision.prompt_token_limit, revision.max_output_tokens,
             chat.started_minutes(coalesce(session.first_accepted_at, now()),
                                  until + make_interval(secs => p_grace_ms / 1000.0))
               - session.minutes_charged) end;
  if worst > 9223372036854775807 then
    verdict := 'payment_required'; detail := jsonb_build_object('needed_micros', 9223372036854775807);
    return next; return;
  end if;

  insert into chat.turns (turn_id, session_id, user_id, wallet_id, bot_id, sequence, revision_id, profile_version,
                          facts, request_text, request_hash, deadline, reply_partition, reply_offset,
                          hold_micros, is_free, currency)
  values (p_turn_id, p_session_id, p_user_id, session.wallet_id, session.bot_id, session.turns + 1,
          revision.revision_id, person.profile_version, coalesce(bot.metadata -> 'facts', '[]'), p_text,
          p_request_hash, until, p_reply_partition, p_reply_offset, worst, free, session.price ->> 'currency')
  on conflict (turn_id) do nothing
  returning * into turn;
  if not found then -- the same id was accepted for another session at this moment
    select t.* into turn from chat.turns t where t.turn_id = p_turn_id;
    verdict := 'conflict'; return next; return;
  end if;

  if worst > 0 and not chat.reserve(p_turn_id, session.wallet_id, turn.currency, turn.hold_micros) then
    -- Finished turns whose charge is not yet booked may still hold more than they cost.
    perform billing.book(array_agg(h.turn_id), array_agg(t.charge_micros))
       from billing.holds h join chat.turns t on t.turn_id = h.turn_id
      where h.wallet_id = session.wallet_id and h.status = 'held' and t.state <> 'open';
    if not chat.reserve(p_turn_id, session.wallet_id, turn.currency, turn.hold_micros) then
      delete from chat.turns t where t.turn_id = p_turn_id;
      turn := null; verdict := 'payment_required'; detail := jsonb_build_object('needed_micros', worst);
      return next; return;
    end if;
  end if;

  update chat.sessions s
     set turns = s.turns + 1, open_turn_id = p_turn_id, last_activity_at = now(),
         first_accepted_at = coalesce(s.first_accepted_at, now())
   where s.session_id = p_session_id;
  verdict := 'accepted';
  return next;
end $$;

-- Reserves the worst case. The constraint of the wallet decides, not a test before it; a refused reservation leaves nothing
-- behind. A wallet of another currency has no money in this one.
create function chat.reserve(p_turn_id uuid, p_wallet_id uuid, p_currency text, p_amount bigint)
returns boolean language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update billing.wallets w set held_micros = w.held_micros + p_amount
   where w.wallet_id = p_wallet_id and w.currency = p_currency;
  if not found then
    return false;
  end if;
  insert into billing.holds (turn_id, wallet_id, amount_micros) values (p_turn_id, p_wallet_id, p_amount);
  return true;
exception when check_violation or numeric_value_out_of_range then
  return false;
end $$;

-- Asks for the lease of many turns at once, one answer a turn, in no particular order.
-- verdict: yours    | a fresh run: its epochs begin at first_epoch_of_run(run_number); above 1 the reader may have seen
--                     text of an earlier run and has to be told to start over
--          leased   | another run is alive; lease_ms is what is left of its lease
--          finished | the turn has ended; publish what the row says
--          unknown  | there is no such turn
-- A run that asks again for what it holds keeps its epochs. Not flushed to disk before it returns: when the server itself
-- crashes within the next moments it may forget the lease. That run then finds at its next renewal that it has lost the
-- turn, and can no longer finish it; the one answer that is stored and told is still one.
create function chat.begin_run(p_turn_ids uuid[], p_run_ids uuid[], p_lease_ms int)
returns table (asked_turn_id uuid, verdict text, lease_ms bigint, turn chat.turns) language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
  asked record;
begin
  if cardinality(p_turn_ids) is distinct from cardinality(p_run_ids)
     or array_position(p_turn_ids, null) is not null or array_position(p_run_ids, null) is not null then
    raise exception 'turns: %, runs: % (expected: as many, and no null)',
      cardinality(p_turn_ids), cardinality(p_run_ids) using errcode = '22023';
  end if;
  perform set_config('synchronous_commit', 'off', true);
  for asked in select a.turn_id, a.run_id from unnest(p_turn_ids, p_run_ids) as a (turn_id, run_id) order by a.turn_id
  loop
    asked_turn_id := asked.turn_id; lease_ms := 0;
    select t.* into turn from chat.turns t where t.turn_id = asked.turn_id for update;
    if not found then
      verdict := 'unknown';
    elsif turn.state <> 'open' then
      verdict := 'finished';
    elsif turn.run_id is distinct from asked.run_id and turn.lease_until > clock_timestamp() then
      verdict := 'leased';
      lease_ms := ceil(extract(epoch from turn.lease_until - clock_timestamp()) * 1000);
    else
      update chat.turns t
         set run_number  = t.run_number + case when t.run_id is not distinct from asked.run_id then 0 else 1 end,
             run_id      = asked.run_id,
             lease_until = clock_timestamp() + make_interval(secs => p_lease_ms / 1000.0)
       where t.turn_id = asked.turn_id
      returning t.* into turn;
      verdict := 'yours';
    end if;
    return next;
  end loop;
end $$;

-- Renews the leases of one worker's runs and notes what they have delivered. Returns the turns whose run lost its lease
-- or whose turn has ended: their calls are to be stopped. Not flushed to disk before it returns.
create function chat.renew_leases(p_turn_ids uuid[], p_run_ids uuid[], p_input bigint[], p_output bigint[], p_lease_ms int)
returns table (lost_turn_id uuid) language sql
security definer set search_path = pg_catalog, pg_temp as $$
  select set_config('synchronous_commit', 'off', true);
  with asked as (
    select * from unnest(p_turn_ids, p_run_ids, p_input, p_output) as a (turn_id, run_id, input, output)),
  held as (
    select t.turn_id from chat.turns t join asked on asked.turn_id = t.turn_id
     where t.run_id = asked.run_id and t.state = 'open'
     order by t.turn_id for update of t),
  renewed as (
    update chat.turns t
       set lease_until      = clock_timestamp() + make_interval(secs => p_lease_ms / 1000.0),
           delivered_input  = greatest(t.delivered_input, asked.input),
           delivered_output = greatest(t.delivered_output, asked.output)
      from held join asked on asked.turn_id = held.turn_id
     where t.turn_id = held.turn_id and t.run_id = asked.run_id
    returning t.turn_id)
  select a.turn_id from asked a where not exists (select from renewed r where r.turn_id = a.turn_id)
$$;

-- Ends a turn, once. p_run_id is the run that ends it, or null when someone else does (a cancel, a stage that failed for
-- good, the sweeper). p_result may carry: code, text, finish_reason, provider, model, region, input_tokens,
-- output_tokens, cached_input_tokens, reasoning_tokens, usage_estimated, attempts, prompt_hash, first_token_at, epoch,
-- opened_by_restart, chunk_ends. A completed turn has to have a run, a text and its tokens, any other one a code; a run
-- names the epoch it ends in, one of its own.
-- verdict: finished   | this call ended it
--          already    | it had ended before; publish what the row says
--          superseded | the turn is open, but another run holds it: say nothing
--          unknown    | there is no such turn
-- Locks the turn, then the session.
create function chat.finish_turn(p_turn_id uuid, p_run_id uuid, p_state text, p_result jsonb)
returns table (verdict text, turn chat.turns) language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
  session chat.sessions;
  minutes bigint;
  used    boolean;      -- the user got what a price is paid for: an answer, or text before he stopped it
  due     numeric := 0; -- before the hold limits it
  charge  bigint;
begin
  if p_state not in ('completed', 'failed', 'cancelled') then
    raise exception 'state: % (expected: completed, failed or cancelled)', p_state using errcode = '22023';
  end if;
  if p_state = 'completed' and (p_run_id is null or coalesce(p_result ->> 'text', '') = ''
       or p_result ->> 'input_tokens' is null or p_result ->> 'output_tokens' is null) then
    raise exception 'a completed turn needs a run, a text and its tokens' using errcode = '22023';
  end if;
  if p_state <> 'completed' and coalesce(p_result ->> 'code', '') = '' then
    raise exception 'a turn without an answer needs a code' using errcode = '22023';
  end if;
  select t.* into turn from chat.turns t where t.turn_id = p_turn_id for update;
  if not found then
    verdict := 'unknown'; return next; return;
  elsif turn.state <> 'open' then
    verdict := 'already'; return next; return;
  elsif p_run_id is not null and turn.run_id is distinct from p_run_id then
    verdict := 'superseded'; return next; return;
  elsif p_run_id is not null and ((p_result ->> 'epoch')::bigint between chat.first_epoch_of_run(turn.run_number)
                                  and chat.first_epoch_of_run(turn.run_number + 1) - 1) is not true then
    raise exception 'epoch: % (expected: one of run %, in which the turn is to end)',
      p_result ->> 'epoch', turn.run_number using errcode = '22023';
  end if;

  select s.* into session from chat.sessions s where s.session_id = turn.session_id for update;
  minutes := chat.started_minutes(session.first_accepted_at, clock_timestamp()) - session.minutes_charged;
  used := p_state = 'completed' or p_state = 'cancelled' and turn.delivered_output > 0;
  if used and not turn.is_free then
    due := case p_state
      when 'completed' then billing.exact_charge(session.price, (p_result ->> 'input_tokens')::bigint,
                                                 (p_result ->> 'output_tokens')::bigint, minutes)
      else billing.exact_charge(session.price, turn.delivered_input, turn.delivered_output, minutes) end;
  end if;
  charge := least(due, turn.hold_micros);

  update chat.turns t
     set state = p_state, finished_at = clock_timestamp(), lease_until = null,
         code = p_result ->> 'code', reply_text = p_result ->> 'text',
         finish_reason = p_result ->> 'finish_reason', provider = p_result ->> 'provider',
         model = p_result ->> 'model', region = p_result ->> 'region',
         input_tokens = (p_result ->> 'input_tokens')::bigint, output_tokens = (p_result ->> 'output_tokens')::bigint,
         cached_input_tokens = (p_result ->> 'cached_input_tokens')::bigint,
         reasoning_tokens = (p_result ->> 'reasoning_tokens')::bigint,
         usage_estimated = (p_result ->> 'usage_estimated')::boolean,
         attempts = p_result -> 'attempts', prompt_hash = p_result ->> 'prompt_hash',
         first_token_at = (p_result ->> 'first_token_at')::timestamptz,
         charge_micros = charge,
         uncollected_micros = least(due - charge, 9223372036854775807),
         -- Someone who is no run ends the reply in epochs that no run has written to.
         final_epoch = case when p_run_id is null then chat.first_epoch_of_run(t.run_number + 1)
                            else (p_result ->> 'epoch')::bigint end,
         opened_by_restart = p_run_id is not null and coalesce((p_result ->> 'opened_by_restart')::boolean, false),
         chunk_ends = case when p_run_id is null then '{}' else
           coalesce((select array_agg(e::int order by n)
                       from jsonb_array_elements_text(p_result -> 'chunk_ends') with ordinality as x (e, n)), '{}') end
   where t.turn_id = p_turn_id
  returning t.* into turn;

  update chat.sessions s
     set open_turn_id = null, last_activity_at = clock_timestamp(),
         free_used = s.free_used + case when turn.is_free and used then 1 else 0 end,
         minutes_charged = s.minutes_charged
           + case when s.price ->> 'unit' = 'minute' and (charge > 0 or turn.is_free and used)
                  then greatest(minutes, 0) else 0 end
   where s.session_id = turn.session_id;
  verdict := 'finished';
  return next;
end $$;

-- Finds what was cut off, and ends what is overdue. Rows that another sweeper has in hand are passed over; a row that was
-- handed out is not handed out again before p_patience_ms have passed.
-- finding: request_unpublished (accepted, not known to stand in the topic)
--          outcome_unpublished (ended, not known to stand in the topics)
--          overdue             (deadline and grace have passed; ended here as failed)
create function chat.sweep_turns(p_limit int, p_patience_ms int, p_grace_ms int)
returns table (finding text, turn chat.turns) language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
  patience interval := make_interval(secs => p_patience_ms / 1000.0);
  grace    interval := make_interval(secs => p_grace_ms / 1000.0);
  late     uuid;
begin
  for late in
    select t.turn_id from chat.turns t
     where t.state = 'open' and t.deadline < now() - grace
     order by t.deadline limit p_limit for update skip locked
  loop
    select (f.turn).* into turn from chat.finish_turn(late, null, 'failed', '{"code": "deadline_exceeded"}') f;
    finding := 'overdue';
    return next;
  end loop;

  finding := 'request_unpublished';
  for turn in
    with found as materialized ( -- evaluated once, so that the limit holds
      select c.turn_id from chat.turns c
       where c.request_published_at is null and c.state = 'open'
         and c.accepted_at < now() - patience
         and (c.swept_at is null or c.swept_at < now() - patience)
       order by c.accepted_at limit p_limit for update skip locked)
    update chat.turns t set swept_at = now() from found where t.turn_id = found.turn_id
    returning t.*
  loop
    return next;
  end loop;

  finding := 'outcome_unpublished';
  for turn in
    with found as materialized (
      select c.turn_id from chat.turns c
       where c.state <> 'open' and c.outcome_published_at is null
         and c.finished_at < now() - patience
         and (c.swept_at is null or c.swept_at < now() - patience)
       order by c.finished_at limit p_limit for update skip locked)
    update chat.turns t set swept_at = now() from found where t.turn_id = found.turn_id
    returning t.*
  loop
    return next;
  end loop;
end $$;

-- Notes that the events of these turns stand in the topics. p_what: request | outcome. A mark that a crash forgets makes
-- the sweeper publish the same events, with the same ids, once more; so it is not flushed to disk.
create function chat.mark_published(p_turn_ids uuid[], p_what text)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  perform from chat.turns t where t.turn_id = any (p_turn_ids) order by t.turn_id for update;
  case p_what
    when 'request' then
      update chat.turns t set request_published_at = now()
       where t.turn_id = any (p_turn_ids) and t.request_published_at is null;
    when 'outcome' then
      update chat.turns t set outcome_published_at = now(),
                              request_published_at = coalesce(t.request_published_at, now())
       where t.turn_id = any (p_turn_ids) and t.state <> 'open' and t.outcome_published_at is null;
  end case;
end $$;

revoke all on all functions in schema chat from public;
grant execute on function
  chat.accept_turn(uuid, uuid, text, text, bytea, int, int, int, bigint), chat.sweep_turns(int, int, int)
  to orrery_ingest;
grant execute on function
  chat.finish_turn(uuid, uuid, text, jsonb), chat.mark_published(uuid[], text)
  to orrery_ingest, orrery_enrichment, orrery_prompt, orrery_llm;
grant execute on function
  chat.begin_run(uuid[], uuid[], int), chat.renew_leases(uuid[], uuid[], bigint[], bigint[], int)
  to orrery_llm;
grant select on chat.turns to orrery_ingest, orrery_prompt;
