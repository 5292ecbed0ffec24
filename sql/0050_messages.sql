create schema messages;

-- Budgets may be forgotten in a crash: what protects secrets is counted elsewhere, durably.
create unlogged table messages.budget (
  bucket text not null,
  slot bigint not null,
  spent integer not null,
  expires_at timestamptz not null,
  primary key (bucket, slot)
);
create index budget_expires on messages.budget (expires_at);

comment on column messages.budget.bucket is 'private=yes: rule and whom it counts, as a keyed hash';
comment on column messages.budget.slot is 'private=no: number of the window since 1970';
comment on column messages.budget.spent is 'private=no';
comment on column messages.budget.expires_at is 'private=no';
