-- What a long conversation was about, and how each began.

-- What a model noted of the beginning of a session. A version takes the place of the one before it and covers more; none is
-- ever changed, so that a prompt that is rendered again finds the one it was rendered with. Trust class user: it is made of
-- what users said.
create table chat.session_summaries (
  session_id       uuid        not null references chat.sessions on delete cascade,
  version          int         not null check (version >= 1),
  through_sequence int         not null check (through_sequence >= 1), -- the last turn that it covers
  text             text        not null check (char_length(text) between 1 and 32000),
  provider         text        not null, -- who wrote it
  model            text        not null,
  input_tokens     bigint      not null check (input_tokens >= 0),
  output_tokens    bigint      not null check (output_tokens >= 0),
  prompt_hash      text        not null, -- of what was asked
  created_at       timestamptz not null default clock_timestamp(),
  primary key (session_id, version)
);

-- What the bot said first, in the words that it was said in; null where it said nothing.
alter table chat.sessions add column greeting text check (char_length(greeting) between 1 and 4000);

grant select, insert on chat.session_summaries to orrery_prompt;
grant select, delete on chat.session_summaries to orrery_ingest; -- deleted when their user takes a profile back
