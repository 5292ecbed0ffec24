-- What may be told of a person, for the consent, and what they authorised, for the protocol to fetch once: two things, two columns.
alter table sign_in.request add column profile bytea, add column answer bytea;
update sign_in.request set profile = granted where step = 'consent';
update sign_in.request set answer = granted where step = 'finished' and outcome = 'authorised' and answered_at is null;
alter table sign_in.request drop column granted;

-- Each request says by which way it is answered, the one whose protocol fetches its answers too; whether it does, was told from
-- a name that was missing.
alter table sign_in.request add column fetched boolean not null default false;
update sign_in.request set fetched = true, way_back = 'openid-connect-engine' where way_back is null;
update sign_in.request set memory = '' where memory is null;
alter table sign_in.request alter column way_back set not null, alter column memory set not null;
drop index sign_in.request_reference;
create unique index request_reference on sign_in.request (reference) where fetched;

comment on column sign_in.request.profile is 'private=yes: sealed; what may be told of the person, for the consent; wiped by their decision';
comment on column sign_in.request.answer is 'private=yes: sealed; what they authorised, for the protocol that fetches it; wiped as it is read';
comment on column sign_in.request.fetched is 'private=no: the protocol fetches the answer, which otherwise goes out with the decision';
comment on column sign_in.request.way_back is 'private=no: by which way of which protocol the portal is answered';
