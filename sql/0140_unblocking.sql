create schema unblocking;

-- One under way for each session: what was begun in another session, or by another person in this browser, is not reached.
create table unblocking.unblocking (
  id uuid primary key,
  session_id uuid not null,
  citizen_id uuid not null,
  key_id uuid not null,
  step text not null check (step in ('code', 'done')),
  choice bytea,
  code_id uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text
);
create unique index unblocking_of_session on unblocking.unblocking (session_id) where ended_at is null;
create index unblocking_expires on unblocking.unblocking (expires_at);

comment on column unblocking.unblocking.id is 'private=no';
comment on column unblocking.unblocking.session_id is 'private=no: the session that the citizen card opened, to which it is bound';
comment on column unblocking.unblocking.citizen_id is 'private=yes';
comment on column unblocking.unblocking.key_id is 'private=yes';
comment on column unblocking.unblocking.step is 'private=no';
comment on column unblocking.unblocking.choice is 'private=yes: sealed; keyed hash of the new PIN, wiped when it ends';
comment on column unblocking.unblocking.code_id is 'private=no';
comment on column unblocking.unblocking.created_at is 'private=yes';
comment on column unblocking.unblocking.expires_at is 'private=no';
comment on column unblocking.unblocking.ended_at is 'private=no';
comment on column unblocking.unblocking.end_reason is 'private=no: the refusal that ended it';
