create schema oidc;

-- What the OpenID Connect door remembers between two requests: interactions, authorization codes, access tokens, and that an
-- assertion was used or a grant revoked. Nothing here outlives a quarter of an hour by more than the purge's rhythm.
create table oidc.object (
  id_hash bytea primary key,
  kind text not null,
  grant_hash bytea,
  payload bytea,
  consumed_at timestamptz,
  expires_at timestamptz not null
);
create index object_of_grant on oidc.object (grant_hash) where grant_hash is not null;
create index object_expires on oidc.object (expires_at);

comment on column oidc.object.id_hash is 'private=no: SHA-256 of kind and id; a stolen table redeems nothing';
comment on column oidc.object.kind is 'private=no';
comment on column oidc.object.grant_hash is 'private=no: SHA-256 of the grant that a code or token came from';
comment on column oidc.object.payload is 'private=yes: sealed; request, person and the values consented to';
comment on column oidc.object.consumed_at is 'private=no: when an authorization code was redeemed';
comment on column oidc.object.expires_at is 'private=no';

-- The plain code flow's one row: made with the code, it becomes the access token's when the code is redeemed, in one statement.
create table oidc.plain_flow (
  code_hash bytea primary key,
  binding bytea not null,
  token_hash bytea unique,
  payload bytea not null,
  redeemed_at timestamptz,
  expires_at timestamptz not null
);
create index plain_flow_expires on oidc.plain_flow (expires_at);

comment on column oidc.plain_flow.code_hash is 'private=no: SHA-256 of the authorization code';
comment on column oidc.plain_flow.binding is 'private=no: SHA-256 of portal, redirect address and challenge, which must be presented with the code';
comment on column oidc.plain_flow.token_hash is 'private=no: SHA-256 of the access token it was redeemed for';
comment on column oidc.plain_flow.payload is 'private=yes: sealed; what was consented to, for which portal';
comment on column oidc.plain_flow.redeemed_at is 'private=no: a code is redeemed once';
comment on column oidc.plain_flow.expires_at is 'private=no: of the code, then of the token';
