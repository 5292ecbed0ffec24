-- Whatever a citizen does to their key, while it is under way. One of each for each session: what was begun in another session, or by
-- another person in this browser, is not reached.
create schema acts;

create table acts.act (
  id uuid primary key,
  name text not null,
  session_id uuid not null,
  citizen_id uuid not null,
  key_id uuid not null,
  step text not null check (step in ('code', 'confirm', 'done')),
  typed bytea,
  code_mac bytea,
  code_tries smallint not null default 0,
  code_resends smallint,
  code_sent_at timestamptz,
  code_expires_at timestamptz,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text
);
create unique index act_of_session on acts.act (session_id, name) where ended_at is null;
create index act_expires on acts.act (expires_at);

comment on column acts.act.id is 'private=no';
comment on column acts.act.name is 'private=no: which act';
comment on column acts.act.session_id is 'private=no: the session that the proof opened, to which it is bound';
comment on column acts.act.citizen_id is 'private=yes';
comment on column acts.act.key_id is 'private=yes';
comment on column acts.act.step is 'private=no';
comment on column acts.act.typed is 'private=yes: sealed; what was typed, and nothing of it once this ends';
comment on column acts.act.code_mac is 'private=no: keyed hash bound to this act; a new one is another code';
comment on column acts.act.code_tries is 'private=no';
comment on column acts.act.code_resends is 'private=no';
comment on column acts.act.code_sent_at is 'private=no';
comment on column acts.act.code_expires_at is 'private=no';
comment on column acts.act.created_at is 'private=yes';
comment on column acts.act.expires_at is 'private=no';
comment on column acts.act.ended_at is 'private=no';
comment on column acts.act.end_reason is 'private=no: the refusal that ended it';

-- Unblocking is one of them. What was under way there lived fifteen minutes, and holds PINs that nobody would wipe.
drop schema unblocking cascade;
