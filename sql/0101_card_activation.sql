-- The card's holder sees what was read and agrees; one who has a key is asked whether to replace it.
alter table activation.activation drop constraint activation_step_check;
alter table activation.activation add constraint activation_step_check
  check (step in ('identify', 'consent', 'replace', 'contact', 'code', 'done'));

create table mobile_keys.signature_wish (
  key_id uuid primary key references mobile_keys.key (id) on delete cascade,
  pin_verifier bytea,
  pin_salt bytea,
  pin_mode text check (pin_mode in ('argon2', 'keyed')),
  pin_key_version integer,
  wished_at timestamptz not null
);

comment on column mobile_keys.signature_wish.key_id is 'private=no';
comment on column mobile_keys.signature_wish.pin_verifier is 'private=no: HMAC under a key that is not in the database; absent when the sign-in PIN is to serve';
comment on column mobile_keys.signature_wish.pin_salt is 'private=no';
comment on column mobile_keys.signature_wish.pin_mode is 'private=no';
comment on column mobile_keys.signature_wish.pin_key_version is 'private=no';
comment on column mobile_keys.signature_wish.wished_at is 'private=yes';
