create schema citizen_cards;

create table citizen_cards.question (
  id uuid primary key,
  session_hash bytea not null,
  act text not null check (act in ('activation', 'reserved-area', 'unblock', 'sign-in')),
  subject text not null,
  door_hash bytea not null unique,
  nonce_hash bytea not null unique,
  return_to text not null,
  taken_at timestamptz,
  ticket_hash bytea unique,
  result bytea,
  spent_at timestamptz,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  unique (session_hash, act, subject)
);
create index question_expires on citizen_cards.question (expires_at);

comment on column citizen_cards.question.id is 'private=no';
comment on column citizen_cards.question.session_hash is 'private=no: the browser that asked; no other may use the answer';
comment on column citizen_cards.question.act is 'private=no: what the card is asked for; an answer serves nothing else';
comment on column citizen_cards.question.subject is 'private=no: which activation, sign-in or unblocking';
comment on column citizen_cards.question.door_hash is 'private=no: SHA-256 of the name under which the card''s own door knows the question';
comment on column citizen_cards.question.nonce_hash is 'private=no: SHA-256 of the Web eID nonce';
comment on column citizen_cards.question.return_to is 'private=no: path of our own to which the door sends the browser back';
comment on column citizen_cards.question.taken_at is 'private=no: set before a card is judged; each question is answered once, by either way';
comment on column citizen_cards.question.ticket_hash is 'private=no: SHA-256 of what the browser carries back from the door';
comment on column citizen_cards.question.result is 'private=yes: sealed; what the card proved, wiped when the ticket is spent';
comment on column citizen_cards.question.spent_at is 'private=no';
comment on column citizen_cards.question.created_at is 'private=no';
comment on column citizen_cards.question.expires_at is 'private=no';
