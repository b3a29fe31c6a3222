-- What users say: about themselves, to be remembered, and about an answer.

-- Trust class user: whoever renders one treats it as something a user typed. At most 100 a user, which whoever adds one
-- checks while it holds the user's row.
create table chat.memories (
  memory_id  uuid        primary key,
  user_id    text        not null references chat.users on delete cascade,
  text       text        not null check (char_length(text) between 1 and 500),
  origin     text        not null check (origin in ('user', 'conversation')), -- typed as such, or taken from a talk
  created_at timestamptz not null default now()
);
create index memories_of_user on chat.memories (user_id, created_at desc, memory_id desc);

-- What the user thinks of an answer; said again, it replaces what was said before.
create table chat.feedback (
  turn_id    uuid        primary key references chat.turns,
  rating     text        not null check (rating in ('up', 'down')),
  comment    text        check (char_length(comment) between 1 and 2000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

grant select, insert, delete on chat.memories to orrery_ingest;
grant select                 on chat.memories to orrery_prompt;
grant select, insert, update on chat.feedback to orrery_ingest;
