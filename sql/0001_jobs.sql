create schema jobs;

create table jobs.job (
  id uuid primary key,
  kind text not null,
  key text,
  state text not null default 'queued' check (state in ('queued', 'done', 'expired', 'dead')),
  priority integer not null default 0,
  payload bytea check (payload is not null or state in ('done', 'expired')),
  run_at timestamptz not null,
  expires_at timestamptz,
  attempts integer not null default 0,
  locked_until timestamptz,
  last_error text,
  created_at timestamptz not null,
  finished_at timestamptz check ((finished_at is null) = (state = 'queued')),
  unique (kind, key)
);

create index job_due on jobs.job (priority desc, run_at) where state = 'queued';
create index job_expiring on jobs.job (expires_at) where state = 'queued' and expires_at is not null;
create index job_finished on jobs.job (finished_at) where state <> 'queued';

comment on table jobs.job is 'The outbox: what was promised in the transaction of the act it belongs to, and is done after it.';
comment on column jobs.job.id is 'private=no';
comment on column jobs.job.kind is 'private=no';
comment on column jobs.job.key is 'private=no one job of a kind for each key; made of identifiers, never of personal data';
comment on column jobs.job.state is 'private=no queued, done, expired (worthless before it ran) or dead (out of tries)';
comment on column jobs.job.priority is 'private=no higher goes first';
comment on column jobs.job.payload is 'private=yes JSON sealed with the purpose "job" and the id as context; wiped when done or expired';
comment on column jobs.job.run_at is 'private=no';
comment on column jobs.job.expires_at is 'private=no after this the job ends without running';
comment on column jobs.job.attempts is 'private=no counted when taken, so that a job that kills its worker also runs out of tries';
comment on column jobs.job.locked_until is 'private=no the lease of the worker that has it; past: anybody may take it';
comment on column jobs.job.last_error is 'private=no name and code of the error, never its message';
comment on column jobs.job.created_at is 'private=no';
comment on column jobs.job.finished_at is 'private=no';
