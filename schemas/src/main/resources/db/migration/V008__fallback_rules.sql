-- What is asked after the model that a configuration names has failed. Data, so that a chain is changed without a
-- deployment: workers read the enabled rules when they start and every little while after that.

-- Whether this is a step of a chain: {"provider", "model", "region", "retry"}, the last two optional, nothing else.
create function llm.is_fallback_step(step jsonb) returns boolean language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp as $$
  select coalesce(case when jsonb_typeof(step) = 'object' then
           step - array['provider', 'model', 'region', 'retry'] = '{}'
       and jsonb_typeof(step -> 'provider') = 'string'
       and step ->> 'provider' ~ '^[a-z0-9]+(-[a-z0-9]+)*$'
       and jsonb_typeof(step -> 'model') = 'string'
       and step ->> 'model' ~ '^\S(.{0,98}\S)?$'
       and jsonb_typeof(coalesce(step -> 'region', 'null')) in ('null', 'string')
       and coalesce(step ->> 'region' ~ '^[a-z0-9]+(-[a-z0-9]+){0,5}$', true)
       and jsonb_typeof(coalesce(step -> 'retry', '0')) = 'number'
       and coalesce(step ->> 'retry', '0') ~ '^[0-5]$'
         end, false)
$$;

-- Whether these are the steps of a chain, none to 20; longer ones cannot fit into any deadline.
create function llm.are_fallback_steps(steps jsonb) returns boolean language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp as $$
  select coalesce(case when jsonb_typeof(steps) = 'array' then
           jsonb_array_length(steps) <= 20
       and (select coalesce(bool_and(llm.is_fallback_step(step)), true) from jsonb_array_elements(steps) as step)
         end, false)
$$;

-- The rule of a call is the enabled one of its provider and model, else the enabled one of its provider and '*', else
-- none: then only the universal step follows, and a warning says so. Repeats are meant literally; who runs a chain passes
-- over what would ask the same again.
create table llm.fallback_rules (
  name             text    primary key check (name ~ '^[a-z0-9]+([.-][a-z0-9]+)*$' and length(name) <= 100),
  provider         text    not null references chat.providers, -- of the call that failed
  model            text    not null default '*' check (model ~ '^\S(.{0,98}\S)?$'), -- its model, case counts; *: any other
  steps            jsonb   not null check (llm.are_fallback_steps(steps)), -- in this order, see llm.is_fallback_step
  append_universal boolean not null default true, -- the universal step of the configuration comes last
  enabled          boolean not null default true, -- false: kept, not followed
  note             text    not null default '',   -- why it is so, for people
  check (append_universal or steps <> '[]')       -- a rule that leads nowhere is none
);
create unique index one_enabled_rule_per_model on llm.fallback_rules (provider, model) where enabled;

-- A provider that nobody has heard of would be passed over silently in every call.
create function llm.refuse_unknown_providers() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
declare
  stranger text;
begin
  select step ->> 'provider' into stranger from jsonb_array_elements(new.steps) as step
   where not exists (select from chat.providers p where p.code = step ->> 'provider')
   limit 1;
  if found then
    raise exception 'step of rule %: provider % is unknown (expected: a code of chat.providers)', new.name, stranger
      using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;

create trigger steps_name_known_providers after insert or update of steps on llm.fallback_rules
  for each row execute function llm.refuse_unknown_providers();

insert into llm.fallback_rules (name, provider, model, steps, note) values
  ('gemini-2.5-pro', 'gemini', 'gemini-2.5-pro',
   '[{"provider": "gemini", "model": "gemini-2.5-flash"}, {"provider": "gemini", "model": "gemini-2.0-flash"}]',
   'The smaller siblings, one after the other.'),
  ('gemini', 'gemini', '*',
   '[{"provider": "gemini", "model": "gemini-2.0-flash"}, {"provider": "gemini", "model": "gemini-2.0-flash"}]',
   'The same step twice, as the reference guide has it.'),
  ('byteplus', 'byteplus', '*',
   '[{"provider": "gemini", "model": "gemini-2.0-flash"}]', ''),
  ('bedrock-deepseek-v3', 'bedrock', 'deepseek.v3-v1:0',
   '[{"provider": "byteplus", "model": "deepseek-v3-1-250821"}, {"provider": "gemini", "model": "gemini-2.0-flash"}]',
   'The same model at another provider first.'),
  ('bedrock', 'bedrock', '*', '[]',
   'Other regions come from the configuration (multi_region); after them the universal step alone.'),
  ('mistral-large', 'mistral', 'mistral-large-latest',
   '[{"provider": "mistral", "model": "mistral-medium-latest"}, {"provider": "gemini", "model": "gemini-2.0-flash"}]', ''),
  ('mistral', 'mistral', '*',
   '[{"provider": "gemini", "model": "gemini-2.0-flash"}]', '');

-- Samples, to be enabled by whoever wants them: update llm.fallback_rules set enabled = true where name = …
insert into llm.fallback_rules (name, provider, model, steps, enabled, note) values
  ('sample-gpt-4-then-claude', 'openai', 'gpt-4',
   '[{"provider": "anthropic", "model": "claude-sonnet-4-5"}, {"provider": "gemini", "model": "gemini-2.0-flash"}]', false,
   'Another provider of the same class, then a small model.'),
  ('sample-gpt-4-then-gpt-3.5', 'openai', 'gpt-4',
   '[{"provider": "openai", "model": "gpt-3.5-turbo"}, {"provider": "gemini", "model": "gemini-2.0-flash"}]', false,
   'The smaller sibling, then another provider.');

revoke all on all functions in schema llm from public;
grant usage on schema llm to orrery_prompt;
grant select on llm.fallback_rules to orrery_prompt, orrery_llm;
