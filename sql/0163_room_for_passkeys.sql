-- A word for the proof that comes next: rows can say it before any process writes it.
alter domain sessions.proof drop constraint proof_check;
alter domain sessions.proof add constraint proof_check check (value in ('key-and-code', 'citizen-card', 'passkey'));
