-- Money. Amounts are integers in millionths of the wallet's currency. The constraints guard the balance, the primary
-- keys guard against booking twice; no caller has to.

create table billing.wallets (
  wallet_id     uuid        primary key,
  owner         text        not null unique,
  currency      char(3)     not null,
  posted_micros bigint      not null default 0,
  held_micros   bigint      not null default 0,
  created_at    timestamptz not null default now(),
  unique (wallet_id, currency), -- what an entry refers to: no line across currencies
  constraint wallet_held_not_negative check (held_micros >= 0),
  constraint wallet_no_overdraft      check (held_micros <= posted_micros)
) with (fillfactor = 50); -- room to update balances in place

create table billing.holds (
  turn_id       uuid        primary key,
  wallet_id     uuid        not null references billing.wallets,
  amount_micros bigint      not null check (amount_micros > 0),
  status        text        not null default 'held' check (status in ('held', 'settled', 'released')),
  charged_micros bigint     check (charged_micros between 0 and amount_micros),
  held_at       timestamptz not null default now(),
  closed_at     timestamptz,
  check ((status = 'held') = (charged_micros is null)),
  check (status <> 'released' or charged_micros = 0)
);
create index holds_open on billing.holds (wallet_id) where status = 'held';

create table billing.entries (
  entry_key      text        primary key, -- use:{turn}, top:{payment}, ref:{refund}
  entry_number   bigint      generated always as identity unique,
  wallet_id      uuid        not null,
  debit_account  text        not null,
  credit_account text        not null,
  currency       char(3)     not null,
  amount_micros  bigint      not null check (amount_micros > 0),
  turn_id        uuid,
  reverses       text        references billing.entries,
  posted_at      timestamptz not null default now(),
  foreign key (wallet_id, currency) references billing.wallets (wallet_id, currency),
  check (debit_account <> credit_account)
);
create index entries_of_wallet on billing.entries (wallet_id, entry_number desc);
create index entries_given_back on billing.entries (reverses) where reverses is not null;

create function billing.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only: % of %.% refused', tg_op, tg_table_schema, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;

create trigger entries_are_final before update or delete or truncate on billing.entries
  for each statement execute function billing.refuse_change();

-- Entries that are not yet known to stand in billing.entries, the topic. Written in the posting's own transaction.
create table billing.outbox (
  entry_number bigint primary key references billing.entries (entry_number)
);

create function billing.to_outbox() returns trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into billing.outbox (entry_number) select entry_number from posted;
  return null;
end $$;

create trigger entries_reach_the_topic after insert on billing.entries
  referencing new table as posted for each statement execute function billing.to_outbox();

-- An amount of money or a count inside a price: a whole number from 0 to what a bigint holds.
create function billing.is_amount(amount jsonb) returns boolean language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp as $$
  select coalesce(case jsonb_typeof(amount) when 'number' then
           amount::numeric between 0 and 9223372036854775807 and amount::numeric = trunc(amount::numeric) end, false)
$$;

-- Whether a price can be charged by: it has a currency, a unit and the amounts of that unit.
-- price: {"unit": "message"|"token"|"minute"|"free", "currency", "per_message_micros", "input_per_1k_micros",
--         "output_per_1k_micros", "per_minute_micros", "minimum_micros", "free_messages"}
create function billing.is_price(price jsonb) returns boolean language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp as $$
  select coalesce(price ->> 'currency' ~ '^[A-Z]{3}$'
              and case price ->> 'unit'
                    when 'message' then billing.is_amount(price -> 'per_message_micros')
                    when 'token'   then billing.is_amount(price -> 'input_per_1k_micros')
                                    and billing.is_amount(price -> 'output_per_1k_micros')
                    when 'minute'  then billing.is_amount(price -> 'per_minute_micros')
                    when 'free'    then true
                  end
              and billing.is_amount(coalesce(price -> 'minimum_micros', '0'))
              and billing.is_amount(coalesce(price -> 'free_messages', '0')), false)
$$;

-- The price of one turn under a locked price, in whole micros but without their upper bound: computed exactly, rounded
-- up once. Null when the price is none, see is_price.
create function billing.exact_charge(price jsonb, input_tokens bigint, output_tokens bigint, started_minutes bigint)
returns numeric language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select case when computed = 0 then 0 else greatest(computed, minimum) end
    from (select ceil(case price ->> 'unit'
                   when 'message' then (price ->> 'per_message_micros')::numeric
                   when 'token'   then (greatest(input_tokens, 0)  * (price ->> 'input_per_1k_micros')::numeric
                                      + greatest(output_tokens, 0) * (price ->> 'output_per_1k_micros')::numeric) / 1000
                   when 'minute'  then greatest(started_minutes, 0) * (price ->> 'per_minute_micros')::numeric
                   when 'free'    then 0
                 end) as computed,
                 coalesce((price ->> 'minimum_micros')::numeric, 0) as minimum) as parts
$$;

-- As exact_charge, refused when it does not fit into a bigint.
create function billing.charge(price jsonb, input_tokens bigint, output_tokens bigint, started_minutes bigint)
returns bigint language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select billing.exact_charge(price, input_tokens, output_tokens, started_minutes)::bigint
$$;

-- Books finished turns: hold -> entry -> wallet, all in one statement. A turn whose hold is no longer open is passed
-- over, so the same turns may be given again at any time, in any order, by anyone. A charge of 0 releases the hold, a
-- charge above the hold takes the hold and no more. The charges stand in the order of the turns.
-- Locks holds by turn id, then wallets by wallet id. Returns the turns it closed and what each has paid.
create function billing.book(p_turn_ids uuid[], p_charges bigint[])
returns table (turn_id uuid, charged_micros bigint) language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  if cardinality(p_turn_ids) is distinct from cardinality(p_charges)
     or array_position(p_turn_ids, null) is not null or array_position(p_charges, null) is not null then
    raise exception 'turns: %, charges: % (expected: as many, and no null)',
      cardinality(p_turn_ids), cardinality(p_charges) using errcode = '22023';
  end if;
  return query
  with asked as (
    select distinct on (a.turn_id) a.turn_id, a.charge
      from unnest(p_turn_ids, p_charges) as a (turn_id, charge)
     order by a.turn_id),
  open_holds as (
    select h.turn_id, h.wallet_id, h.amount_micros, least(greatest(asked.charge, 0), h.amount_micros) as charge
      from billing.holds h join asked on asked.turn_id = h.turn_id
     where h.status = 'held'
     order by h.turn_id
       for update of h),
  closed as (
    update billing.holds h
       set status         = case when o.charge > 0 then 'settled' else 'released' end,
           charged_micros = o.charge,
           closed_at      = now()
      from open_holds o
     where h.turn_id = o.turn_id
    returning h.turn_id, h.wallet_id, h.amount_micros, h.charged_micros),
  sums as (
    select c.wallet_id, sum(c.amount_micros)::bigint as freed, sum(c.charged_micros)::bigint as spent
      from closed c group by c.wallet_id),
  locked as (
    select w.wallet_id, w.currency, sums.freed, sums.spent
      from billing.wallets w join sums on sums.wallet_id = w.wallet_id
     order by w.wallet_id
       for update of w),
  booked as (
    insert into billing.entries (entry_key, wallet_id, debit_account, credit_account, currency, amount_micros, turn_id)
    select 'use:' || c.turn_id, c.wallet_id, 'wallet:' || c.wallet_id, 'platform:revenue',
           l.currency, c.charged_micros, c.turn_id
      from closed c join locked l on l.wallet_id = c.wallet_id
     where c.charged_micros > 0
     order by c.turn_id),
  moved as (
    update billing.wallets w
       set held_micros = w.held_micros - l.freed, posted_micros = w.posted_micros - l.spent
      from locked l
     where w.wallet_id = l.wallet_id)
  select c.turn_id, c.charged_micros from closed c;
end $$;

-- Opens the owner's wallet if there is none. Returns its id; an existing wallet keeps its currency.
create function billing.open_wallet(p_wallet_id uuid, p_owner text, p_currency text)
returns uuid language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  found_id uuid;
begin
  select w.wallet_id into found_id from billing.wallets w where w.owner = p_owner;
  if found_id is null then
    insert into billing.wallets (wallet_id, owner, currency) values (p_wallet_id, p_owner, p_currency)
      on conflict do nothing;
    select w.wallet_id into found_id from billing.wallets w where w.owner = p_owner;
  end if;
  return found_id;
end $$;

-- Adds money once per payment id. verdict: posted | already_posted | payment_conflict (same id, other wallet or amount)
-- | unknown_wallet | currency_mismatch.
create function billing.top_up(p_payment_id text, p_owner text, p_currency text, p_amount_micros bigint)
returns text language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  wallet   billing.wallets;
  earlier  billing.entries;
  inserted int;
begin
  select * into wallet from billing.wallets w where w.owner = p_owner for update;
  if not found then
    return 'unknown_wallet';
  elsif wallet.currency <> p_currency then
    return 'currency_mismatch';
  end if;
  insert into billing.entries (entry_key, wallet_id, debit_account, credit_account, currency, amount_micros)
  values ('top:' || p_payment_id, wallet.wallet_id, 'payments:received', 'wallet:' || wallet.wallet_id,
          p_currency, p_amount_micros)
  on conflict (entry_key) do nothing;
  get diagnostics inserted = row_count;
  if inserted = 0 then
    select * into earlier from billing.entries e where e.entry_key = 'top:' || p_payment_id;
    return case when earlier.wallet_id = wallet.wallet_id and earlier.amount_micros = p_amount_micros
                then 'already_posted' else 'payment_conflict' end;
  end if;
  update billing.wallets w set posted_micros = w.posted_micros + p_amount_micros where w.wallet_id = wallet.wallet_id;
  return 'posted';
end $$;

-- Gives back part or all of a use, once per refund id. verdict: posted | already_posted | refund_conflict (same id, other
-- use or amount) | unknown_entry | exceeds_original.
create function billing.refund(p_refund_id text, p_entry_key text, p_amount_micros bigint)
returns text language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  original billing.entries;
  earlier  billing.entries;
  refunded numeric;
  inserted int;
begin
  select * into original from billing.entries e where e.entry_key = p_entry_key and e.turn_id is not null;
  if not found then
    return 'unknown_entry';
  end if;
  perform from billing.wallets w where w.wallet_id = original.wallet_id for update; -- one refund of a use at a time
  select * into earlier from billing.entries e where e.entry_key = 'ref:' || p_refund_id;
  if found then
    return case when earlier.reverses = p_entry_key and earlier.amount_micros = p_amount_micros
                then 'already_posted' else 'refund_conflict' end;
  end if;
  select coalesce(sum(e.amount_micros), 0) into refunded from billing.entries e where e.reverses = p_entry_key;
  if refunded + p_amount_micros > original.amount_micros then
    return 'exceeds_original';
  end if;
  insert into billing.entries
    (entry_key, wallet_id, debit_account, credit_account, currency, amount_micros, reverses)
  values ('ref:' || p_refund_id, original.wallet_id, original.credit_account, original.debit_account,
          original.currency, p_amount_micros, p_entry_key)
  on conflict (entry_key) do nothing;
  get diagnostics inserted = row_count;
  if inserted = 0 then
    return 'refund_conflict'; -- the same id was posted for another wallet at this moment
  end if;
  update billing.wallets w set posted_micros = w.posted_micros + p_amount_micros
   where w.wallet_id = original.wallet_id;
  return 'posted';
end $$;

revoke all on all functions in schema billing from public;
grant execute on function billing.is_amount(jsonb), billing.is_price(jsonb) to orrery_ingest; -- checks of its tables
grant execute on function billing.charge(jsonb, bigint, bigint, bigint), billing.exact_charge(jsonb, bigint, bigint, bigint)
  to orrery_ingest, orrery_billing;
grant execute on function billing.book(uuid[], bigint[])                to orrery_billing;
grant execute on function billing.open_wallet(uuid, text, text)         to orrery_ingest;
grant execute on function billing.top_up(text, text, text, bigint)      to orrery_ingest, orrery_billing;
grant execute on function billing.refund(text, text, bigint)            to orrery_ingest, orrery_billing;
grant select on billing.wallets, billing.holds, billing.entries         to orrery_ingest;
grant select on billing.wallets, billing.holds, billing.entries, billing.outbox to orrery_billing;
grant delete on billing.outbox                                          to orrery_billing; -- money moves by functions alone
