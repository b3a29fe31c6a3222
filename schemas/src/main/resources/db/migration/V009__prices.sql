-- What providers bill for their models, and what was spent on them. Both are our own cost: no charge of a user is made
-- of them, see billing.charge for that.

-- Amounts are millionths of a US dollar for a million tokens. A price is never changed: a new one is added that takes
-- effect later. For a model the row counts whose provider is named rather than *, then the one with the longest
-- pattern, then the newest that is in effect.
create table llm.prices (
  provider            text        not null, -- code, or * for any
  model_pattern       text        not null, -- a model's name, or its beginning and a *
  effective_from      timestamptz not null default now(),
  input_micros        bigint      not null,
  output_micros       bigint      not null,
  cached_input_micros bigint,               -- null: as input
  reasoning_micros    bigint,               -- null: as output
  primary key (provider, model_pattern, effective_from),
  check (model_pattern ~ '^[^*]*\*?$' and model_pattern <> ''),
  check (least(input_micros, output_micros, cached_input_micros, reasoning_micros) >= 0)
);

-- The providers' public prices as far as they were known when this was written; to be checked against one's contract.
insert into llm.prices
  (provider, model_pattern, effective_from, input_micros, output_micros, cached_input_micros)
select provider, pattern, timestamptz '2025-01-01 00:00:00+00', input, output, cached
  from (values
    ('openai',    'gpt-5*',                1250000, 10000000,  125000),
    ('openai',    'gpt-5-mini*',            250000,  2000000,   25000),
    ('openai',    'gpt-5-nano*',             50000,   400000,    5000),
    ('openai',    'gpt-4.1*',              2000000,  8000000,  500000),
    ('openai',    'gpt-4.1-mini*',          400000,  1600000,  100000),
    ('openai',    'gpt-4.1-nano*',          100000,   400000,   25000),
    ('openai',    'gpt-4o*',               2500000, 10000000, 1250000),
    ('openai',    'gpt-4o-mini*',           150000,   600000,   75000),
    ('openai',    'gpt-4*',               30000000, 60000000,    null),
    ('openai',    'gpt-3.5-turbo*',         500000,  1500000,    null),
    ('gemini',    'gemini-3-pro*',         2000000, 12000000,  200000),
    ('gemini',    'gemini-3-flash*',        500000,  3000000,   50000),
    ('gemini',    'gemini-2.5-pro*',       1250000, 10000000,  125000),
    ('gemini',    'gemini-2.5-flash*',      300000,  2500000,   30000),
    ('gemini',    'gemini-2.5-flash-lite*', 100000,   400000,   10000),
    ('gemini',    'gemini-2.0-flash*',      100000,   400000,   25000),
    ('anthropic', 'claude-opus-*',        15000000, 75000000, 1500000),
    ('anthropic', 'claude-sonnet-*',       3000000, 15000000,  300000),
    ('anthropic', 'claude-haiku-*',        1000000,  5000000,  100000),
    ('anthropic', 'claude-3-sonnet*',      3000000, 15000000,    null),
    ('anthropic', 'claude-3-5-haiku*',      800000,  4000000,   80000),
    ('groq',      'llama-3.3-70b*',         590000,   790000,    null),
    ('groq',      'llama-3.1-8b*',           50000,    80000,    null),
    ('bedrock',   'deepseek.v3*',           580000,  1680000,    null),
    ('bedrock',   'amazon.nova-micro*',      35000,   140000,    null),
    ('bedrock',   'amazon.nova-lite*',       60000,   240000,    null),
    ('bedrock',   'amazon.nova-pro*',       800000,  3200000,    null),
    ('byteplus',  'deepseek-v3-1*',         560000,  1680000,  112000),
    ('mistral',   'mistral-large*',        2000000,  6000000,    null),
    ('mistral',   'mistral-medium*',        400000,  2000000,    null),
    ('mistral',   'mistral-small*',         100000,   300000,    null),
    ('*',         'sim/*',                       0,        0,       0) -- the simulator's own, wherever it stands in
  ) as list (provider, pattern, input, output, cached);

-- What each process has spent on each UTC day, as it last said. Each writes its own rows and no others, and always the
-- whole amount, so a row may be written again without counting twice.
create table llm.spending (
  day      date   not null,
  process  uuid   not null, -- one start of one worker
  spender  text   not null, -- a bot's id, a service's name, or * for all of them together
  micros   bigint not null check (micros >= 0), -- of a US dollar
  primary key (day, process, spender)
);

grant select                         on llm.prices   to orrery_llm;
grant select, insert, update, delete on llm.spending to orrery_llm;
