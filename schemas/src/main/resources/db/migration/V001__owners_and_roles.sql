-- One schema per owner, one role per service. What a role may do is granted beside each table and function; nothing is
-- granted to everybody. Roles are shared by all databases of a server, so a second database finds them there.

revoke all on schema public from public;

do $roles$
declare
  service record;
begin
  for service in
    select * from (values
      ('orrery_ingest',     $password$${ingest_password}$password$),
      ('orrery_enrichment', $password$${enrichment_password}$password$),
      ('orrery_prompt',     $password$${prompt_password}$password$),
      ('orrery_llm',        $password$${llm_password}$password$),
      ('orrery_billing',    $password$${billing_password}$password$)) as s (role, password)
  loop
    begin
      if not exists (select from pg_catalog.pg_roles where rolname = service.role) then
        execute format('create role %I login password %L', service.role, service.password);
      end if;
    exception when duplicate_object or unique_violation then
      null; -- another database of this server is being migrated at the same moment
    end;
  end loop;
end $roles$;

create schema chat;
create schema enrichment;
create schema llm;
create schema billing;

grant usage on schema chat       to orrery_ingest, orrery_enrichment, orrery_prompt, orrery_llm;
grant usage on schema enrichment to orrery_enrichment;
grant usage on schema llm        to orrery_llm;
grant usage on schema billing    to orrery_ingest, orrery_billing;
