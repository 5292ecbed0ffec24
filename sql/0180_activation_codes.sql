-- The code lives in the row of the activation it belongs to, which counts its tries too: read with it, and written with the step
-- that it allows. An activation that waited for its code when this came is told that the code has expired.
alter table activation.activation
  add column masked_phone text,
  add column code_mac bytea,
  add column code_tries smallint not null default 0,
  add column code_resends smallint,
  add column code_sent_at timestamptz,
  add column code_expires_at timestamptz;

comment on column activation.activation.masked_phone is 'private=yes: where the code was sent; wiped when it ends';
comment on column activation.activation.code_mac is 'private=no: keyed hash bound to this activation; a new one is another code';
comment on column activation.activation.code_tries is 'private=no: counted before they are judged';
comment on column activation.activation.code_resends is 'private=no';
comment on column activation.activation.code_sent_at is 'private=no';
comment on column activation.activation.code_expires_at is 'private=no';
-- Columns go when nothing that still runs writes them.
comment on column activation.activation.code_id is 'private=no: of the version before; dropped in a later migration';
