-- What a turn took beside its answer: what the providers bill for it, which tools were called, and what the policy of the
-- conversation noticed.

alter table chat.turns
  add column cost_micros bigint check (cost_micros >= 0), -- of all attempts, in millionths of a US dollar; null: not known
  add column tool_calls  jsonb,                            -- in the order made, in the shape of ToolCallTrace; null: none
  add column marks       text[] not null default '{}';    -- distinct, for example crisis

alter table chat.experiments
  drop constraint experiments_goal_check,
  add constraint experiments_goal_check
    check (goal in ('thumbs', 'success', 'latency', 'first_token', 'charge', 'cost'));

-- Whether the user got what a price is paid for: an answer that is not waived, or text before he stopped it.
create function chat.is_worth_its_price(turn chat.turns, p_state text, p_result jsonb)
returns boolean language sql immutable set search_path = pg_catalog, pg_temp as $$
  select p_state = 'completed' and not coalesce((p_result ->> 'waived')::boolean, false)
      or p_state = 'cancelled' and turn.delivered_output > 0
$$;

-- What such a turn costs before its hold limits it. minutes: those that the session has begun and not yet paid.
create function chat.due(turn chat.turns, price jsonb, p_state text, p_result jsonb, minutes bigint)
returns numeric language sql stable set search_path = pg_catalog, pg_temp as $$
  select case p_state
    when 'completed' then billing.exact_charge(price, (p_result ->> 'input_tokens')::bigint,
                                               (p_result ->> 'output_tokens')::bigint, minutes)
    else billing.exact_charge(price, turn.delivered_input, turn.delivered_output, minutes) end
$$;

-- Ends a turn, once. p_run_id is the run that ends it, or null when someone else does (a cancel, a stage that failed for
-- good, the sweeper). p_result may carry: code, text, finish_reason, provider, model, region, input_tokens,
-- output_tokens, cached_input_tokens, reasoning_tokens, usage_estimated, attempts, cost_micros, tool_calls, marks, waived
-- (an answer that is not to be paid for), prompt_hash, first_token_at, epoch, opened_by_restart, chunk_ends. A completed
-- turn has to have a run, a text and its tokens, any other one a code; a run names the epoch it ends in, one of its own.
-- verdict: finished   | this call ended it
--          already    | it had ended before; publish what the row says
--          superseded | the turn is open, but another run holds it: say nothing
--          unknown    | there is no such turn
-- Locks the turn, then the session.
create or replace function chat.finish_turn(p_turn_id uuid, p_run_id uuid, p_state text, p_result jsonb)
returns table (verdict text, turn chat.turns) language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
  session chat.sessions;
  minutes bigint;
  used    boolean;
  due     numeric;
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
  used    := chat.is_worth_its_price(turn, p_state, p_result);
  due     := case when used and not turn.is_free then chat.due(turn, session.price, p_state, p_result, minutes) else 0 end;
  charge  := least(due, turn.hold_micros);

  update chat.turns t
     set state = p_state, finished_at = clock_timestamp(), lease_until = null,
         code = p_result ->> 'code', reply_text = p_result ->> 'text',
         finish_reason = p_result ->> 'finish_reason', provider = p_result ->> 'provider',
         model = p_result ->> 'model', region = p_result ->> 'region',
         input_tokens = (p_result ->> 'input_tokens')::bigint, output_tokens = (p_result ->> 'output_tokens')::bigint,
         cached_input_tokens = (p_result ->> 'cached_input_tokens')::bigint,
         reasoning_tokens = (p_result ->> 'reasoning_tokens')::bigint,
         usage_estimated = (p_result ->> 'usage_estimated')::boolean,
         attempts = p_result -> 'attempts', cost_micros = (p_result ->> 'cost_micros')::bigint,
         tool_calls = p_result -> 'tool_calls',
         marks = coalesce((select array_agg(m order by n)
                             from jsonb_array_elements_text(p_result -> 'marks') with ordinality as x (m, n)), '{}'),
         prompt_hash = p_result ->> 'prompt_hash', first_token_at = (p_result ->> 'first_token_at')::timestamptz,
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

revoke all on function
  chat.is_worth_its_price(chat.turns, text, jsonb), chat.due(chat.turns, jsonb, text, jsonb, bigint) from public;
