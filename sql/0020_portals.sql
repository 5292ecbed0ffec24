create schema portals;

create table portals.portal (
  id text primary key,
  name jsonb not null,
  home_url text not null,
  redirect_uris text[] not null,
  post_logout_redirect_uris text[] not null,
  attributes text[] not null,
  minimum_level smallint not null check (minimum_level between 1 and 4),
  authentication jsonb not null,
  secret_mac bytea,
  sector text not null,
  disabled_at timestamptz
);

comment on column portals.portal.id is 'private=no: the client identifier';
comment on column portals.portal.name is 'private=no: in each language';
comment on column portals.portal.home_url is 'private=no';
comment on column portals.portal.redirect_uris is 'private=no: compared as exact strings';
comment on column portals.portal.post_logout_redirect_uris is 'private=no';
comment on column portals.portal.attributes is 'private=no: all that it may ask';
comment on column portals.portal.minimum_level is 'private=no';
comment on column portals.portal.authentication is 'private=no: method, and public keys where it has any';
comment on column portals.portal.secret_mac is 'private=no: keyed hash of the client secret';
comment on column portals.portal.sector is 'private=no: subjects are pairwise per sector';
comment on column portals.portal.disabled_at is 'private=no';
