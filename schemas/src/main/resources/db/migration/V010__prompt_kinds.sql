-- A prompt is a template, or a document whose sections become YAML; config_revisions.prompt holds the source of either.

alter table chat.config_revisions
  add column prompt_kind text not null default 'template' check (prompt_kind in ('template', 'structured'));
