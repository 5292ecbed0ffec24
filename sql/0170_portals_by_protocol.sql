-- What a portal registers to speak OpenID Connect with us is that protocol's own; what it may ask, at which level, and whether it
-- still may, is the law's.
create table oidc.portal (
  portal_id text primary key references portals.portal (id) on delete cascade,
  redirect_uris text[] not null,
  post_logout_redirect_uris text[] not null,
  authentication jsonb not null,
  secret_mac bytea,
  sector text not null
);

comment on column oidc.portal.portal_id is 'private=no: the client identifier';
comment on column oidc.portal.redirect_uris is 'private=no: compared as exact strings';
comment on column oidc.portal.post_logout_redirect_uris is 'private=no';
comment on column oidc.portal.authentication is 'private=no: method, and public keys where it has any';
comment on column oidc.portal.secret_mac is 'private=no: keyed hash of the client secret';
comment on column oidc.portal.sector is 'private=no: subjects are pairwise per sector';

insert into oidc.portal (portal_id, redirect_uris, post_logout_redirect_uris, authentication, secret_mac, sector)
select id, redirect_uris, post_logout_redirect_uris, authentication, secret_mac, sector from portals.portal;

-- Each request says itself where its answer may lead. Those under way are given what their portal had.
alter table sign_in.request add column return_origins text[] not null default '{}';

comment on column sign_in.request.return_origins is 'private=no: of the portal''s addresses, for the pages'' form-action';

update sign_in.request set return_origins = (
  select array_agg(distinct substring(uri from '^[^:]+://[^/?#]+'))
  from oidc.portal, unnest(redirect_uris) as uri where portal_id = request.portal_id
)
where portal_id in (select portal_id from oidc.portal);

alter table portals.portal
  drop column redirect_uris,
  drop column post_logout_redirect_uris,
  drop column authentication,
  drop column secret_mac,
  drop column sector;
