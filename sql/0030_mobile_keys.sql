create schema mobile_keys;

create table mobile_keys.key (
  id uuid primary key,
  citizen_id uuid not null,
  state text not null check (state in ('pending-letter', 'active', 'frozen', 'suspended', 'replaced', 'cancelled', 'closed')),
  channel text not null check (channel in ('citizen-card', 'tax-letter', 'desk')),
  level smallint not null check (level between 1 and 4),
  signature text not null check (signature in ('desk-only', 'available')),
  phone text not null,
  email text,
  language text not null check (language in ('pt', 'en')),
  pin_verifier bytea not null,
  pin_salt bytea not null,
  pin_mode text not null check (pin_mode in ('argon2', 'keyed')),
  pin_key_version integer not null,
  pin_temporary boolean not null,
  pin_expires_at timestamptz,
  owner_failures smallint not null default 0,
  owner_wait_until timestamptz,
  stranger_failures smallint not null default 0,
  stranger_wait_until timestamptz,
  code_failures smallint not null default 0,
  tries integer not null default 0,
  valid_until timestamptz not null,
  created_at timestamptz not null,
  activated_at timestamptz,
  last_sign_in_at timestamptz,
  ended_at timestamptz,
  end_reason text
);

-- One living key per phone and per person (Lei 37/2014 art. 2(1)): the index decides when two requests arrive together.
create unique index key_living_phone on mobile_keys.key (phone) where state in ('pending-letter', 'active', 'frozen', 'suspended');
create unique index key_living_citizen on mobile_keys.key (citizen_id) where state in ('pending-letter', 'active', 'frozen', 'suspended');
create index key_temporary on mobile_keys.key (pin_expires_at) where state = 'pending-letter';

comment on column mobile_keys.key.id is 'private=no';
comment on column mobile_keys.key.citizen_id is 'private=no';
comment on column mobile_keys.key.state is 'private=no: locks are not states, they follow from the counters';
comment on column mobile_keys.key.channel is 'private=no: how it was activated';
comment on column mobile_keys.key.level is 'private=no: the highest level this key may give';
comment on column mobile_keys.key.signature is 'private=no: whether the signature may be enabled online';
comment on column mobile_keys.key.phone is 'private=yes: E.164';
comment on column mobile_keys.key.email is 'private=yes';
comment on column mobile_keys.key.language is 'private=no: for messages';
comment on column mobile_keys.key.pin_verifier is 'private=no: HMAC under a key that is not in the database';
comment on column mobile_keys.key.pin_salt is 'private=no';
comment on column mobile_keys.key.pin_mode is 'private=no: whether Argon2id lies under the HMAC';
comment on column mobile_keys.key.pin_key_version is 'private=no';
comment on column mobile_keys.key.pin_temporary is 'private=no: from a letter, to be replaced at the first sign-in';
comment on column mobile_keys.key.pin_expires_at is 'private=no';
comment on column mobile_keys.key.owner_failures is 'private=no: tries taken since the last success, from browsers known with this key';
comment on column mobile_keys.key.owner_wait_until is 'private=no';
comment on column mobile_keys.key.stranger_failures is 'private=no: the same from browsers never seen with it';
comment on column mobile_keys.key.stranger_wait_until is 'private=no';
comment on column mobile_keys.key.code_failures is 'private=no: codes tried after a right PIN since the last success';
comment on column mobile_keys.key.tries is 'private=no: every try ever counted; only grows, and guards the counters against lost updates';
comment on column mobile_keys.key.valid_until is 'private=no';
comment on column mobile_keys.key.created_at is 'private=no';
comment on column mobile_keys.key.activated_at is 'private=no';
comment on column mobile_keys.key.last_sign_in_at is 'private=yes';
comment on column mobile_keys.key.ended_at is 'private=no';
comment on column mobile_keys.key.end_reason is 'private=no';

create table mobile_keys.browser (
  key_id uuid not null references mobile_keys.key (id) on delete cascade,
  browser_hash bytea not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (key_id, browser_hash)
);

comment on column mobile_keys.browser.key_id is 'private=no';
comment on column mobile_keys.browser.browser_hash is 'private=no: SHA-256 of the mark in the browser''s cookie';
comment on column mobile_keys.browser.first_seen_at is 'private=yes';
comment on column mobile_keys.browser.last_seen_at is 'private=yes';
