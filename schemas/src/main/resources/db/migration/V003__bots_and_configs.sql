-- Who may be talked to, and how they answer. A configuration is edited by adding a revision; a revision never changes.

create table chat.providers (
  code     text    primary key check (code = lower(code) and code <> ''),
  label    text    not null,
  protocol text    not null, -- the wire the adapter speaks
  enabled  boolean not null default true
);

insert into chat.providers (code, label, protocol) values
  ('openai',     'OpenAI',     'openai'),
  ('gemini',     'Gemini',     'gemini'),
  ('anthropic',  'Anthropic',  'anthropic'),
  ('groq',       'Groq',       'openai'),
  ('ai-sdk',     'AI-SDK',     'ai-sdk'),
  ('bedrock',    'Bedrock',    'bedrock'),
  ('byteplus',   'Byteplus',   'openai'),
  ('openrouter', 'OpenRouter', 'openai'),
  ('mistral',    'Mistral',    'openai');

create table chat.bots (
  bot_id      uuid        primary key,
  slug        text        not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 255),
  name        text        not null check (length(name) between 1 and 255),
  description text        not null default '',
  avatar      text        check (length(avatar) <= 255),
  status      text        not null default 'draft' check (status in ('draft', 'live', 'paused', 'archived')),
  bot_type    text        not null default 'companion' check (bot_type in ('companion', 'assistant', 'astrologer')),
  rank        int         not null default 0 check (rank >= 0),
  metadata    jsonb       not null default '{}', -- required_fields: profile keys that must be there; facts: wanted data
  price       jsonb       not null check (billing.is_price(price)), -- what new sessions lock
  price_version int       not null default 1,
  launched_at timestamptz,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  deleted_at  timestamptz,                       -- a deleted bot keeps its slug for ever
  check (jsonb_typeof(coalesce(metadata -> 'required_fields', '[]')) = 'array'),
  check (jsonb_typeof(coalesce(metadata -> 'facts', '[]')) = 'array')
);

create table chat.config_revisions (
  revision_id       uuid        primary key,
  config_id         uuid        not null,
  number            int         not null check (number >= 1),
  provider          text        not null references chat.providers,
  model             text        not null check (length(model) between 1 and 100),
  temperature       double precision check (temperature between 0 and 2),
  top_p             double precision check (top_p > 0 and top_p <= 1),
  top_k             int         check (top_k >= 1),
  max_output_tokens int         not null default 1024 check (max_output_tokens >= 1),
  prompt_token_limit int        not null default 16000 check (prompt_token_limit >= 1),
  retry             int         not null default 0 check (retry between 0 and 5),
  prompt            text        not null default '',
  history_turns     int         not null default 20 check (history_turns between 0 and 1000),
  metadata          jsonb       not null default '{}', -- fallbacks: [{provider, model, region, retry}], timeouts
  author            text        not null,
  created_at        timestamptz not null default now(),
  unique (config_id, number),
  unique (config_id, revision_id) -- what a configuration refers to: a revision of its own
);

create table chat.llm_configs (
  config_id           uuid        primary key,
  bot_id              uuid        not null references chat.bots,
  name                text        not null,
  is_active           boolean     not null default false,
  current_revision_id uuid        not null,
  created_at          timestamptz not null default now(),
  updated_at          timestamptz not null default now(),
  foreign key (config_id, current_revision_id) references chat.config_revisions (config_id, revision_id)
);
create unique index one_active_config_per_bot on chat.llm_configs (bot_id) where is_active;
alter table chat.config_revisions
  add foreign key (config_id) references chat.llm_configs deferrable initially deferred;

create function chat.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '%.% is immutable: % refused', tg_table_schema, tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;

create trigger revisions_are_final before update or delete or truncate on chat.config_revisions
  for each statement execute function chat.refuse_change();

grant select on chat.providers, chat.bots, chat.llm_configs, chat.config_revisions to orrery_ingest, orrery_prompt;
grant insert, update on chat.bots, chat.llm_configs to orrery_ingest;
grant insert on chat.config_revisions               to orrery_ingest;
