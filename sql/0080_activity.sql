create schema activity;

create table activity.event (
  id uuid primary key,
  citizen_id uuid,
  kind text not null,
  portal_id text,
  detail jsonb not null,
  at timestamptz not null,
  mac bytea not null
);
create index event_of_citizen on activity.event (citizen_id, at);
create index event_at on activity.event (at);

comment on column activity.event.id is 'private=no';
comment on column activity.event.citizen_id is 'private=yes';
comment on column activity.event.kind is 'private=no';
comment on column activity.event.portal_id is 'private=yes';
comment on column activity.event.detail is 'private=yes: never a secret';
comment on column activity.event.at is 'private=yes';
comment on column activity.event.mac is 'private=no: seal of the whole event from the moment it was recorded';

-- The auditor's chain: each link holds the hash of an event and of the link before, under a key that is not in the database.
-- It outlives the events (which the person may erase): what remains shows that nothing was inserted, changed or reordered.
create table activity.link (
  position bigint primary key,
  event_id uuid not null unique,
  event_hash bytea not null,
  mac bytea not null
);

comment on column activity.link.position is 'private=no';
comment on column activity.link.event_id is 'private=no';
comment on column activity.link.event_hash is 'private=no: SHA-256 of the event as it was';
comment on column activity.link.mac is 'private=no: HMAC over position, event hash and the mac before';

create table activity.head (
  one boolean primary key default true check (one),
  mac bytea not null
);

comment on column activity.head.one is 'private=no: there is only one';
comment on column activity.head.mac is 'private=no: HMAC over the last link, so that a chain cut short is seen';
