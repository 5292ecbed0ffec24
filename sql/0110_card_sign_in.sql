-- Whoever signs in with the citizen card needs no key: a session without one was opened by a card, and only that reaches level 4.
alter table sign_in.session
  alter column key_id drop not null,
  add constraint session_proof check (key_id is not null or level = 4);

comment on column sign_in.session.key_id is 'private=yes: absent where the citizen card proved who it is';
comment on column sign_in.request.key_id is 'private=yes: absent until somebody proved who they are, and where the citizen card did';
