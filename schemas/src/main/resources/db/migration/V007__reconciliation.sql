-- What does not add up, one row a difference; no rows means that the books are right. Reads whole tables: for operators
-- and tests, not for the path of a message.

create view billing.differences as
  select 'held is not the sum of the open holds' as difference, w.wallet_id::text as subject
    from billing.wallets w
    left join billing.holds h on h.wallet_id = w.wallet_id and h.status = 'held'
   group by w.wallet_id having w.held_micros <> coalesce(sum(h.amount_micros), 0)
  union all
  select 'posted is not credits minus debits', w.wallet_id::text
    from billing.wallets w
    left join billing.entries e on e.wallet_id = w.wallet_id
   group by w.wallet_id
  having w.posted_micros <> coalesce(sum(case when e.credit_account = 'wallet:' || w.wallet_id
                                              then e.amount_micros else -e.amount_micros end), 0)
  union all
  select 'a hold and its entry disagree', h.turn_id::text
    from billing.holds h
    left join billing.entries e on e.entry_key = 'use:' || h.turn_id
   where (h.status = 'settled'  and coalesce(e.amount_micros, 0) <> h.charged_micros)
      or (h.status <> 'settled' and e.entry_key is not null)
  union all
  select 'a use has no hold', e.entry_key
    from billing.entries e
    left join billing.holds h on h.turn_id = e.turn_id
   where e.turn_id is not null and h.turn_id is null
  union all
  select 'a turn reserved money and has no hold', t.turn_id::text
    from chat.turns t
    left join billing.holds h on h.turn_id = t.turn_id
   where t.hold_micros > 0 and h.turn_id is null
  union all
  select 'a turn and its hold disagree', t.turn_id::text
    from chat.turns t
    join billing.holds h on h.turn_id = t.turn_id
   where h.amount_micros <> t.hold_micros
      or h.wallet_id <> t.wallet_id
      or (h.status <> 'held' and (t.state = 'open' or h.charged_micros <> t.charge_micros))
  union all
  select 'given back is more than was paid', e.entry_key
    from billing.entries e
    join billing.entries back on back.reverses = e.entry_key
   group by e.entry_key having sum(back.amount_micros) > e.amount_micros;

-- Turns whose answer would have cost more than their hold. It is forgone, and listed so that somebody can ask why.
create view billing.uncollected as
  select t.turn_id, t.wallet_id, t.currency, t.charge_micros, t.uncollected_micros, t.finished_at
    from chat.turns t
   where t.uncollected_micros > 0;

-- Turns that have ended and whose hold is still open. Each is there for a moment; one that stays was never told to the
-- billing worker, or was refused by it.
create view billing.unbooked as
  select t.turn_id, t.wallet_id, t.currency, t.charge_micros, t.finished_at, t.outcome_published_at
    from billing.holds h
    join chat.turns t on t.turn_id = h.turn_id
   where h.status = 'held' and t.state <> 'open';

grant select on billing.differences, billing.uncollected, billing.unbooked to orrery_billing;
