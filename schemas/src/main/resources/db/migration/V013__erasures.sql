-- Profiles that their users took back. They are kept here, out of everybody's sight, until the enrichment worker has forgotten
-- what it learned from them in every layer and in every replica; it deletes the row then.

create table chat.erasures (
  user_id   text        not null,
  version   int         not null,
  document  jsonb       not null, -- the profile as it was; says which questions were asked
  erased_at timestamptz not null default now(),
  primary key (user_id, version)
);

grant insert         on chat.erasures to orrery_ingest;
grant select, delete on chat.erasures to orrery_enrichment;

-- A fact is found again by whom it tells of, whatever version or service it came by, and without naming anybody. What was
-- stored before is fetched anew.
delete from enrichment.facts;
alter table enrichment.facts add column subject text not null; -- lower-case hex SHA-256 of the personal part of the question
create index facts_of_subject on enrichment.facts (subject);
