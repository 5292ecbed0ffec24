-- In which languages people are spoken to is the vocabulary's to say (core/vocabulary/language.ts): one more needs no migration.
alter domain mobile_keys.language drop constraint language_check;
alter domain mobile_keys.language add check (value ~ '^[a-z]{2}$');
