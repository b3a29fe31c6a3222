-- Who talks. A profile is kept by version, so that a turn sees the one that was in force when it was accepted.

create table chat.users (
  user_id         text        primary key check (length(user_id) between 1 and 255),
  wallet_id       uuid        not null,
  profile_version int         not null default 0,
  created_at      timestamptz not null default now()
);

create table chat.profiles (
  user_id    text        not null references chat.users on delete cascade,
  version    int         not null check (version >= 1),
  document   jsonb       not null, -- as PUT /v1/me takes it
  created_at timestamptz not null default now(),
  primary key (user_id, version)
);

create table chat.sessions (
  session_id        uuid        primary key,
  user_id           text        not null references chat.users,
  wallet_id         uuid        not null,
  bot_id            uuid        not null references chat.bots,
  title             text        check (length(title) <= 255),
  state             text        not null default 'open' check (state in ('open', 'closed')),
  price             jsonb       not null check (billing.is_price(price)), -- locked when the session began
  price_version     int         not null,
  turns             int         not null default 0, -- accepted so far; the next turn's sequence is one more
  open_turn_id      uuid,                           -- the one turn in flight, if there is one
  free_used         int         not null default 0, -- free messages that were answered, or stopped after text was shown
  minutes_charged   bigint      not null default 0, -- started minutes that turns have paid for or had free
  first_accepted_at timestamptz,
  created_at        timestamptz not null default now(),
  last_activity_at  timestamptz not null default now()
) with (fillfactor = 70); -- updated twice a turn
create index sessions_of_user on chat.sessions (user_id, created_at desc);

grant select, insert, update, delete on chat.users, chat.profiles to orrery_ingest;
grant select on chat.profiles to orrery_enrichment, orrery_prompt;
grant select, insert          on chat.sessions to orrery_ingest;
grant update (title, state)   on chat.sessions to orrery_ingest; -- the rest moves with the turns
grant select on chat.sessions to orrery_prompt;
