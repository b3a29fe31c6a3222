-- External data, normalised, as the enrichment worker last saw it. Keyed by what was asked and not by who asked, so
-- equal questions share an answer and an edited birth time asks a new one.

create table enrichment.facts (
  kind        text        not null,
  question    text        not null, -- lower-case hex SHA-256 of the canonical question and the format version
  document    jsonb       not null, -- the normalised answer
  fetched_at  timestamptz not null,
  fresh_until timestamptz,          -- null: for ever
  primary key (kind, question)
);

grant select, insert, update, delete on enrichment.facts to orrery_enrichment;
