-- What people change while the pipeline runs: who did it, which revision is in force, who sees which arm.

alter table chat.providers
  add column regions text[] not null default '{}'; -- where it can be asked; empty: it has no regions

update chat.providers set regions = array[
  'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2',
  'ca-central-1', 'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2',
  'eu-west-3', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2']
 where code = 'bedrock';

alter table chat.bots
  add column owner text check (length(owner) between 1 and 255); -- who made it; null when nobody is known any more

-- Append only, like the ledger. What is secret or personal is not repeated here; prompts are named by their hash.
create table chat.admin_changes (
  change_id  bigint      generated always as identity primary key,
  actor      text        not null check (length(actor) between 1 and 255), -- the token's subject
  action     text        not null check (action ~ '^[a-z]+(_[a-z]+)*$'),
  subject    text        not null check (length(subject) between 1 and 600), -- kind/name: bot/mira, llm-config/<id>
  before     jsonb,      -- null: there was nothing
  after      jsonb,      -- null: there is nothing any more
  changed_at timestamptz not null default clock_timestamp() -- not the transaction's: it may have waited for a lock
);

create trigger changes_are_final before update or delete or truncate on chat.admin_changes
  for each statement execute function chat.refuse_change();

-- What a revision says, as one number: equal hashes, equal behaviour. SHA-256 of the columns as a JSON array.
create function chat.content_hash(
  provider text, model text, temperature double precision, top_p double precision, top_k int, max_output_tokens int,
  prompt_token_limit int, retry int, history_turns int, prompt_kind text, prompt text, metadata jsonb)
returns text language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select encode(sha256(convert_to(jsonb_build_array(provider, model, temperature, top_p, top_k, max_output_tokens,
    prompt_token_limit, retry, history_turns, prompt_kind, prompt, metadata)::text, 'UTF8')), 'hex')
$$;

alter table chat.config_revisions
  add column content_hash text not null generated always as (chat.content_hash(
    provider, model, temperature, top_p, top_k, max_output_tokens, prompt_token_limit, retry, history_turns,
    prompt_kind, prompt, metadata)) stored,
  add check (model = btrim(model));

-- A revision that nobody could answer by is not kept: providers have to be known and enabled when it is written, and a
-- region one of its provider's. A provider that is disabled later is passed over by whoever runs the chain.
create function chat.refuse_unusable_providers() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
declare
  named text;
begin
  select code into named
    from (select new.provider as code
          union all
          select lower(step ->> 'provider') from jsonb_array_elements(
            case jsonb_typeof(new.metadata -> 'fallbacks') when 'array' then new.metadata -> 'fallbacks' else '[]' end)
            as step) as steps
   where not exists (select from chat.providers p where p.code = steps.code and p.enabled)
   limit 1;
  if found then
    raise exception 'provider % is unknown or disabled (expected: an enabled one of chat.providers)', named
      using errcode = 'foreign_key_violation';
  end if;
  if not exists (select from chat.providers p where p.code = new.provider
                  and (new.metadata ->> 'region_name' is null or new.metadata ->> 'region_name' = any (p.regions))) then
    raise exception 'region_name % is no region of % (expected: one of chat.providers)',
      new.metadata ->> 'region_name', new.provider using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger revisions_name_usable_providers before insert on chat.config_revisions
  for each row execute function chat.refuse_unusable_providers();

-- Puts a revision of a configuration in force for the bot's next message; an older one rolls back. The bot's row is
-- locked first, so activations of one bot follow each other and the last one counts. Off before on, in two statements:
-- one for both fails or not by the order in which it meets the rows, because a unique index is checked row by row.
-- verdict: activated | already (it was in force, nothing is noted) | unknown (no such revision, or its bot is deleted)
-- Locks the bot.
create function chat.activate_revision(p_config_id uuid, p_revision_id uuid, p_actor text)
returns text language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  bot chat.bots;
  was chat.llm_configs;
begin
  select b.* into bot from chat.bots b
   where b.deleted_at is null
     and b.bot_id = (select c.bot_id from chat.llm_configs c join chat.config_revisions r on r.config_id = c.config_id
                      where c.config_id = p_config_id and r.revision_id = p_revision_id)
     for no key update;
  if not found then
    return 'unknown';
  end if;
  select c.* into was from chat.llm_configs c where c.bot_id = bot.bot_id and c.is_active;
  if was.config_id = p_config_id and was.current_revision_id = p_revision_id then
    return 'already';
  end if;
  update chat.llm_configs c set is_active = false, updated_at = now() where c.bot_id = bot.bot_id and c.is_active;
  update chat.llm_configs c set is_active = true, current_revision_id = p_revision_id, updated_at = now()
   where c.config_id = p_config_id;
  insert into chat.admin_changes (actor, action, subject, before, after) values (
    p_actor, 'activate_revision', 'bot/' || bot.slug,
    case when was.config_id is not null
         then jsonb_build_object('config_id', was.config_id, 'revision_id', was.current_revision_id) end,
    jsonb_build_object('config_id', p_config_id, 'revision_id', p_revision_id));
  return 'activated';
end $$;

-- Several revisions of one bot beside each other, each for its share of the users. An experiment is written once; only
-- its state moves: draft, running, stopped. Arms name revisions, not configurations, so that nothing changes under it.
create table chat.experiments (
  experiment_id uuid        primary key,
  bot_id        uuid        not null references chat.bots,
  name          text        not null check (name ~ '^[a-z0-9]+([.-][a-z0-9]+)*$' and length(name) <= 64),
  goal          text        not null check (goal in ('thumbs', 'success', 'latency', 'first_token', 'charge')),
  state         text        not null default 'draft' check (state in ('draft', 'running', 'stopped')),
  author        text        not null,
  created_at    timestamptz not null default now(),
  started_at    timestamptz,
  stopped_at    timestamptz,
  unique (bot_id, name),
  check ((state = 'draft') = (started_at is null)),
  check ((state = 'stopped') = (stopped_at is not null))
);
create unique index one_running_experiment_per_bot on chat.experiments (bot_id) where state = 'running';

create table chat.experiment_arms (
  experiment_id uuid not null references chat.experiments,
  position      int  not null check (position between 1 and 20),
  name          text not null check (name ~ '^[a-z0-9]+([.-][a-z0-9]+)*$' and length(name) <= 64),
  revision_id   uuid not null references chat.config_revisions,
  weight        int  not null check (weight between 1 and 10000),
  first_bucket  int  not null check (first_bucket between 0 and 9999), -- its share of the users, both ends included
  last_bucket   int  not null check (last_bucket between 0 and 9999),
  primary key (experiment_id, position),
  unique (experiment_id, name),
  check (first_bucket <= last_bucket)
);

-- draft to running to stopped, each once: users who were in an arm would change it when an experiment began again.
create function chat.refuse_other_moves() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  if (old.state, new.state) not in (('draft', 'running'), ('running', 'stopped')) then
    raise exception 'experiment % cannot become % (expected: draft, then running, then stopped)', old.state, new.state
      using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger experiments_move_forward before update on chat.experiments
  for each row execute function chat.refuse_other_moves();

-- An arm that joined later would take users from another one, or answer them twice. The lock lets nobody start the
-- experiment between this look and the commit.
create function chat.refuse_late_arms() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  perform from chat.experiments e where e.experiment_id = new.experiment_id and e.state = 'draft' for share;
  if not found then
    raise exception 'experiment % is no draft (expected: arms before it starts)', new.experiment_id
      using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger arms_come_before_the_start before insert on chat.experiment_arms
  for each row execute function chat.refuse_late_arms();

-- Where a user stands in an experiment, 0 to 9,999: the first four bytes of SHA-256 over "experiment/user", big endian,
-- modulo 10,000. The same user stands elsewhere in another experiment.
create function chat.bucket(p_user_id text, p_experiment_id uuid) returns int language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp as $$
  select (((get_byte(hash, 0)::bigint << 24) + (get_byte(hash, 1) << 16) + (get_byte(hash, 2) << 8) + get_byte(hash, 3))
          % 10000)::int
    from (select sha256(convert_to(p_experiment_id::text || '/' || p_user_id, 'UTF8')) as hash) as hashed
$$;

alter table chat.turns
  add column experiment_id uuid references chat.experiments; -- beside experiment_arm, which is "experiment/arm"
create index turns_of_experiment on chat.turns (experiment_id) where experiment_id is not null;

-- Accepts a message, or says why not. One transaction: everything below, or nothing.
--   1 the id is known: same request -> existing, another -> conflict       4 the bot has a revision for this user: of
--                                                                             an arm, else of its active configuration
--   2 the session is the user's and open                                   5 the profile has what the bot requires
--   3 no other turn of the session is open                                 6 the wallet covers the worst case, last
-- The id of a turn belongs to one request of one user in one session; anything else that comes with it is a conflict.
-- verdict: accepted | existing | conflict | unknown_session | session_closed | turn_in_progress | bot_unavailable
--          | bot_not_configured | profile_incomplete | payment_required
-- detail:  turn_in_progress {"turn_id"}, profile_incomplete {"missing": [...]}, payment_required {"needed_micros"}
-- Locks the session, then holds by turn id, then the wallet.
create or replace function chat.accept_turn(
  p_turn_id uuid, p_session_id uuid, p_user_id text, p_text text, p_request_hash bytea,
  p_patience_ms int, p_grace_ms int, p_reply_partition int, p_reply_offset bigint)
returns table (verdict text, detail jsonb, turn chat.turns) language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
  session   chat.sessions;
  bot       chat.bots;
  revision  chat.config_revisions;
  arm       record; -- of the running experiment, if there is one
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
  select e.experiment_id, e.name || '/' || a.name as label, a.revision_id into arm
    from chat.experiments e join chat.experiment_arms a on a.experiment_id = e.experiment_id
   where e.bot_id = session.bot_id and e.state = 'running'
     and chat.bucket(p_user_id, e.experiment_id) between a.first_bucket and a.last_bucket;
  select r.* into revision from chat.config_revisions r
   where r.revision_id = coalesce(arm.revision_id, (select c.current_revision_id from chat.llm_configs c
                                                     where c.bot_id = session.bot_id and c.is_active));
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

  insert into chat.turns (turn_id, session_id, user_id, wallet_id, bot_id, sequence, revision_id, experiment_id,
                          experiment_arm, profile_version, facts, request_text, request_hash, deadline,
                          reply_partition, reply_offset, hold_micros, is_free, currency)
  values (p_turn_id, p_session_id, p_user_id, session.wallet_id, session.bot_id, session.turns + 1,
          revision.revision_id, arm.experiment_id, arm.label,
          case when profile is null then 0 else person.profile_version end, -- nothing is read that its user took back
          coalesce(bot.metadata -> 'facts', '[]'), p_text, p_request_hash, until,
          p_reply_partition, p_reply_offset, worst, free, session.price ->> 'currency')
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

revoke all on function
  chat.content_hash(text, text, double precision, double precision, int, int, int, int, int, text, text, jsonb),
  chat.refuse_unusable_providers(), chat.refuse_other_moves(), chat.refuse_late_arms(), chat.activate_revision(uuid, uuid, text), chat.bucket(text, uuid) from public;
grant execute on function
  chat.activate_revision(uuid, uuid, text),
  chat.content_hash(text, text, double precision, double precision, int, int, int, int, int, text, text, jsonb)
  to orrery_ingest;
revoke insert, update on chat.llm_configs from orrery_ingest; -- what is in force moves by activate_revision alone
grant insert (config_id, bot_id, name, current_revision_id) on chat.llm_configs to orrery_ingest;
grant select, insert on chat.admin_changes, chat.experiment_arms to orrery_ingest;
grant select, insert (experiment_id, bot_id, name, goal, author) on chat.experiments to orrery_ingest; -- as a draft
grant update (state, started_at, stopped_at) on chat.experiments to orrery_ingest;

grant usage on schema llm to orrery_ingest;
grant select, insert, update, delete on llm.fallback_rules to orrery_ingest;
grant execute on function llm.is_fallback_step(jsonb), llm.are_fallback_steps(jsonb) to orrery_ingest;
grant select, insert on llm.prices to orrery_ingest;
