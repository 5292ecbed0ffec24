-- The words a column may hold, as types. PostgreSQL reads a check of a table anew with every statement that writes to it,
-- whatever it writes: six of them made an update of a key three times as dear (docs/decisions/domains.md). A type's is read once.
create domain mobile_keys.key_state as text
  check (value in ('pending-letter', 'active', 'frozen', 'suspended', 'replaced', 'cancelled', 'closed'));
create domain mobile_keys.channel as text check (value in ('citizen-card', 'tax-letter', 'desk'));
create domain mobile_keys.level as smallint check (value between 1 and 4);
create domain mobile_keys.signature as text check (value in ('desk-only', 'available'));
create domain mobile_keys.language as text check (value in ('pt', 'en'));
create domain mobile_keys.pin_mode as text check (value in ('argon2', 'keyed'));

alter table mobile_keys.key
  drop constraint key_state_check,
  drop constraint key_channel_check,
  drop constraint key_level_check,
  drop constraint key_signature_check,
  drop constraint key_language_check,
  drop constraint key_pin_mode_check;
alter table mobile_keys.key
  alter column state type mobile_keys.key_state,
  alter column channel type mobile_keys.channel,
  alter column level type mobile_keys.level,
  alter column signature type mobile_keys.signature,
  alter column language type mobile_keys.language,
  alter column pin_mode type mobile_keys.pin_mode;

create domain sign_in.step as text check (value in ('identify', 'code', 'new-pin', 'consent', 'finished'));
create domain sign_in.outcome as text check (value in ('authorised', 'refused'));

alter table sign_in.request drop constraint request_step_check, drop constraint request_outcome_check;
alter table sign_in.request alter column step type sign_in.step, alter column outcome type sign_in.outcome;

create domain jobs.job_state as text check (value in ('queued', 'done', 'expired', 'dead'));

alter table jobs.job drop constraint job_state_check;
alter table jobs.job alter column state type jobs.job_state;
