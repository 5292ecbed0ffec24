-- A code that was not redeemed has no token to be found by.
alter table oidc.plain_flow drop constraint plain_flow_token_hash_key;
create unique index plain_flow_token on oidc.plain_flow (token_hash) where token_hash is not null;
