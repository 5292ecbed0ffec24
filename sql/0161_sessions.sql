-- Who is signed in where is a capability of its own. By which proof is kept as what it was: until now it was told from an absent
-- key and from level 4.
create schema sessions;
create domain sessions.proof as text check (value in ('key-and-code', 'citizen-card'));

alter table sign_in.session set schema sessions;
alter table sessions.session add column proof sessions.proof;
update sessions.session set proof = case when key_id is null then 'citizen-card' else 'key-and-code' end;
alter table sessions.session
  alter column proof set not null,
  drop constraint session_proof,
  add constraint session_proof check ((proof = 'citizen-card') = (key_id is null) and (proof <> 'citizen-card' or level = 4));

alter table sign_in.request add column proof sessions.proof;
update sign_in.request set proof = case when key_id is null then 'citizen-card' else 'key-and-code' end
where reached_level is not null;

comment on column sessions.session.proof is 'private=no: by what it was proven who they are';
comment on column sessions.session.key_id is 'private=yes: the key that belongs to the proof; none belongs to the citizen card';
comment on column sign_in.request.proof is 'private=no: by what it was proven who they are; absent until it was';
comment on column sign_in.request.key_id is 'private=yes: the key whose PIN was right, and absent before that and where the citizen card proved who it is';
