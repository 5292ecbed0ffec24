-- Each act keeps its own code by now, and nobody reads this table. What it still holds is forgotten at once. The table itself goes in
-- a later migration, when no process of the version before can be running that would write to it.
delete from one_time_codes.code;
comment on table one_time_codes.code is 'written and read by nobody; dropped in a later migration, with activation.activation.code_id';
