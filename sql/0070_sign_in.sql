create schema sign_in;

create table sign_in.request (
  id text primary key,
  session_hash bytea not null,
  portal_id text not null,
  attributes jsonb not null,
  level smallint not null,
  reference text not null unique,
  return_to text not null,
  memory text,
  way_back text,
  step text not null check (step in ('identify', 'code', 'new-pin', 'consent', 'finished')),
  key_id uuid,
  citizen_id uuid,
  code_id uuid,
  reached_level smallint,
  authenticated_at timestamptz,
  signed_in_id uuid,
  outcome text check (outcome in ('authorised', 'refused')),
  granted bytea,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz
);
create index request_expires on sign_in.request (expires_at);

comment on column sign_in.request.id is 'private=no';
comment on column sign_in.request.session_hash is 'private=no: the browser it is bound to';
comment on column sign_in.request.portal_id is 'private=yes';
comment on column sign_in.request.attributes is 'private=no: what was asked';
comment on column sign_in.request.level is 'private=no';
comment on column sign_in.request.reference is 'private=no: the protocol''s own name for it';
comment on column sign_in.request.return_to is 'private=no';
comment on column sign_in.request.memory is 'private=no: what the protocol wants back with the answer';
comment on column sign_in.request.way_back is 'private=no: of which protocol';
comment on column sign_in.request.step is 'private=no';
comment on column sign_in.request.key_id is 'private=yes';
comment on column sign_in.request.citizen_id is 'private=yes';
comment on column sign_in.request.code_id is 'private=no';
comment on column sign_in.request.reached_level is 'private=no';
comment on column sign_in.request.authenticated_at is 'private=yes';
comment on column sign_in.request.signed_in_id is 'private=no';
comment on column sign_in.request.outcome is 'private=no';
comment on column sign_in.request.granted is 'private=yes: sealed; what may be told of the person, then what they authorised; wiped when the portal has been answered';
comment on column sign_in.request.created_at is 'private=yes';
comment on column sign_in.request.expires_at is 'private=no';
comment on column sign_in.request.answered_at is 'private=no';

create table sign_in.session (
  id uuid primary key,
  secret_hash bytea not null unique,
  key_id uuid not null,
  citizen_id uuid not null,
  level smallint not null,
  attributes text[] not null,
  authenticated_at timestamptz not null,
  seen_at timestamptz not null,
  ends_at timestamptz not null
);
create index session_ends on sign_in.session (ends_at);
create index session_of_key on sign_in.session (key_id);

comment on column sign_in.session.id is 'private=no';
comment on column sign_in.session.secret_hash is 'private=no: SHA-256 of the cookie; a stolen table opens no session';
comment on column sign_in.session.key_id is 'private=yes';
comment on column sign_in.session.citizen_id is 'private=yes';
comment on column sign_in.session.level is 'private=no';
comment on column sign_in.session.attributes is 'private=no: what was asked when the PIN was given';
comment on column sign_in.session.authenticated_at is 'private=yes';
comment on column sign_in.session.seen_at is 'private=yes';
comment on column sign_in.session.ends_at is 'private=no';
