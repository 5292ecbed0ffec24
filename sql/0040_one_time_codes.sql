create schema one_time_codes;

create table one_time_codes.code (
  id uuid primary key,
  act text not null,
  subject text not null,
  masked_phone text not null,
  code_mac bytea not null,
  tries smallint not null default 0,
  resends smallint not null default 0,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index code_expires on one_time_codes.code (expires_at);

comment on column one_time_codes.code.id is 'private=no';
comment on column one_time_codes.code.act is 'private=no: what it is for; a code of one act is worth nothing for another';
comment on column one_time_codes.code.subject is 'private=no: the very activation or sign-in';
comment on column one_time_codes.code.masked_phone is 'private=yes: where it was sent';
comment on column one_time_codes.code.code_mac is 'private=no: keyed hash bound to the id, and by it to act and subject';
comment on column one_time_codes.code.tries is 'private=no: counted before they are judged';
comment on column one_time_codes.code.resends is 'private=no';
comment on column one_time_codes.code.sent_at is 'private=no';
comment on column one_time_codes.code.expires_at is 'private=no';
comment on column one_time_codes.code.used_at is 'private=no';
