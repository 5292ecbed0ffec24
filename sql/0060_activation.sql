create schema activation;

create table activation.activation (
  id uuid primary key,
  channel text not null check (channel in ('citizen-card', 'tax-letter', 'desk')),
  session_hash bytea not null,
  step text not null check (step in ('identify', 'contact', 'code', 'done')),
  memory bytea,
  applicant bytea,
  code_id uuid,
  letter_reference text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text
);
create unique index activation_of_session on activation.activation (session_hash) where ended_at is null;
create index activation_expires on activation.activation (expires_at);

comment on column activation.activation.id is 'private=no';
comment on column activation.activation.channel is 'private=no';
comment on column activation.activation.session_hash is 'private=no: the browser it is bound to';
comment on column activation.activation.step is 'private=no';
comment on column activation.activation.memory is 'private=yes: sealed; what the channel remembers while the browser is away';
comment on column activation.activation.applicant is 'private=yes: sealed; person and contacts, wiped when it ends';
comment on column activation.activation.code_id is 'private=no';
comment on column activation.activation.letter_reference is 'private=no';
comment on column activation.activation.created_at is 'private=no';
comment on column activation.activation.expires_at is 'private=no';
comment on column activation.activation.ended_at is 'private=no';
comment on column activation.activation.end_reason is 'private=no: the refusal that ended it';

create table activation.letter (
  reference text primary key,
  key_id uuid not null,
  citizen_id uuid not null,
  state text not null check (state in ('queued', 'printing', 'printed', 'delivered', 'returned', 'used', 'cancelled', 'expired')),
  contents bytea,
  batch text,
  masked_phone text not null,
  requested_at timestamptz not null,
  due_by timestamptz not null,
  expires_at timestamptz not null,
  changed_at timestamptz not null
);
create index letter_of_citizen on activation.letter (citizen_id, requested_at);
create index letter_to_print on activation.letter (state) where state in ('queued', 'printing');
create unique index letter_of_key on activation.letter (key_id);

comment on column activation.letter.reference is 'private=no: printed on the letter';
comment on column activation.letter.key_id is 'private=no';
comment on column activation.letter.citizen_id is 'private=no';
comment on column activation.letter.state is 'private=no';
comment on column activation.letter.contents is 'private=yes: sealed; name, address and temporary PIN, wiped once the post office has taken it';
comment on column activation.letter.batch is 'private=no: set before it is handed over, so that a retry hands over the same batch';
comment on column activation.letter.masked_phone is 'private=yes';
comment on column activation.letter.requested_at is 'private=no';
comment on column activation.letter.due_by is 'private=no';
comment on column activation.letter.expires_at is 'private=no';
comment on column activation.letter.changed_at is 'private=no';

create table activation.postal_cursor (
  one boolean primary key default true check (one),
  cursor text not null
);
insert into activation.postal_cursor (cursor) values ('');

comment on column activation.postal_cursor.one is 'private=no: there is only one';
comment on column activation.postal_cursor.cursor is 'private=no: up to where the post office''s news were read';
