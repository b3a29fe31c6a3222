-- Prices that V009 had no row for, and the simulator's own where they belong.

-- The simulator stands in for providers that know the names of their models. Not for a router, nor for whatever is
-- added later: there sim/… may be somebody's model, and a row for any provider would let it pass every cost limit.
delete from llm.prices where provider = '*' and model_pattern = 'sim/*';

insert into llm.prices
  (provider, model_pattern, effective_from, input_micros, output_micros, cached_input_micros)
select provider, 'sim/*', timestamptz '2025-01-01 00:00:00+00', 0, 0, 0
  from unnest(array['openai', 'groq', 'mistral', 'byteplus', 'anthropic', 'gemini', 'bedrock', 'ai-sdk']) as provider
on conflict do nothing;

-- The providers' public list prices as far as they were known when this was written; to be checked against one's
-- contract. Tokens spent on thinking are billed as output by all of them, which is what a missing price for them means.
-- OpenRouter has no row: it states what each call has cost.
insert into llm.prices
  (provider, model_pattern, effective_from, input_micros, output_micros, cached_input_micros)
select provider, pattern, timestamptz '2025-01-01 00:00:00+00', input, output, cached
  from (values
    ('openai',    'gpt-5-pro*',              15000000, 120000000,    null),
    ('openai',    'gpt-4-turbo*',            10000000,  30000000,    null),
    ('openai',    'gpt-4-32k*',              60000000, 120000000,    null),
    ('openai',    'o1*',                     15000000,  60000000, 7500000),
    ('openai',    'o1-mini*',                 1100000,   4400000,  550000),
    ('openai',    'o1-pro*',                150000000, 600000000,    null),
    ('openai',    'o3*',                      2000000,   8000000,  500000),
    ('openai',    'o3-mini*',                 1100000,   4400000,  550000),
    ('openai',    'o3-pro*',                 20000000,  80000000,    null),
    ('openai',    'o3-deep-research*',       10000000,  40000000, 2500000),
    ('openai',    'o4-mini*',                 1100000,   4400000,  275000),
    ('openai',    'o4-mini-deep-research*',   2000000,   8000000,  500000),
    ('anthropic', 'claude-3-opus*',          15000000,  75000000, 1500000),
    ('anthropic', 'claude-3-5-sonnet*',       3000000,  15000000,  300000),
    ('anthropic', 'claude-3-7-sonnet*',       3000000,  15000000,  300000),
    ('anthropic', 'claude-3-haiku*',           250000,   1250000,   30000)
  ) as list (provider, pattern, input, output, cached)
on conflict do nothing; -- an operator may have been here first

-- Bedrock takes for Claude what its maker takes; its names may begin with the region that a profile stays within.
insert into llm.prices
  (provider, model_pattern, effective_from, input_micros, output_micros, cached_input_micros)
select 'bedrock', profile || 'anthropic.' || model_pattern, effective_from, input_micros, output_micros,
       cached_input_micros
  from llm.prices, unnest(array['', 'us.', 'eu.', 'apac.', 'global.']) as profile
 where provider = 'anthropic' and model_pattern like 'claude-%' and effective_from = '2025-01-01 00:00:00+00'
on conflict do nothing;

insert into llm.prices
  (provider, model_pattern, effective_from, input_micros, output_micros, cached_input_micros)
select 'bedrock', profile || model_pattern, effective_from, input_micros, output_micros, cached_input_micros
  from llm.prices, unnest(array['us.', 'eu.', 'apac.']) as profile
 where provider = 'bedrock' and model_pattern like 'amazon.nova-%' and effective_from = '2025-01-01 00:00:00+00'
on conflict do nothing;
