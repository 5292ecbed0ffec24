-- The code lives in the row of the sign-in it belongs to: read with it, and written with the step that it allows.
alter table sign_in.request
  drop column code_id,
  add column masked_phone text,
  add column code_mac bytea,
  add column code_resends smallint,
  add column code_sent_at timestamptz,
  add column code_expires_at timestamptz,
  drop constraint request_reference_key;

comment on column sign_in.request.masked_phone is 'private=yes: where the code was sent';
comment on column sign_in.request.code_mac is 'private=no: keyed hash bound to this sign-in; a new one is another code';
comment on column sign_in.request.code_resends is 'private=no';
comment on column sign_in.request.code_sent_at is 'private=no';
comment on column sign_in.request.code_expires_at is 'private=no';

-- Where the answer goes out with the decision, nobody asks for it by reference.
create unique index request_reference on sign_in.request (reference) where way_back is null;

-- Rows that are changed several times in the minutes they live, in columns no index has: room for that on their own page.
alter table sign_in.request set (fillfactor = 50);
alter table mobile_keys.key set (fillfactor = 75);

-- A job without a key needs no place in the index of keys; and one past its time is found among those that are due.
alter table jobs.job drop constraint job_kind_key_key;
create unique index job_key on jobs.job (kind, key) where key is not null;
drop index jobs.job_expiring;
