-- What is too old to stand in for anything is deleted, kind by kind: the oldest are found here. Answers that are fresh for ever
-- are not among them.

create index facts_outdated on enrichment.facts (kind, fresh_until) where fresh_until is not null;
