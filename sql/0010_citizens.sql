create schema citizens;

create table citizens.citizen (
  id uuid primary key,
  civil_id text not null unique,
  tax_number text,
  name text not null,
  given_names text not null,
  family_names text not null,
  birth_date date not null,
  nationality text not null,
  document_kind text not null check (document_kind in ('CC', 'BI', 'PAS', 'TR', 'CR')),
  document_number text not null,
  document_expires date not null,
  address jsonb,
  updated_at timestamptz not null
);

comment on column citizens.citizen.id is 'private=no: our own name for the person';
comment on column citizens.citizen.civil_id is 'private=yes: civil identification number (NIC)';
comment on column citizens.citizen.tax_number is 'private=yes: tax number (NIF)';
comment on column citizens.citizen.name is 'private=yes';
comment on column citizens.citizen.given_names is 'private=yes';
comment on column citizens.citizen.family_names is 'private=yes';
comment on column citizens.citizen.birth_date is 'private=yes';
comment on column citizens.citizen.nationality is 'private=yes: ISO 3166-1 alpha-2';
comment on column citizens.citizen.document_kind is 'private=yes: the document the key is associated with';
comment on column citizens.citizen.document_number is 'private=yes';
comment on column citizens.citizen.document_expires is 'private=yes';
comment on column citizens.citizen.address is 'private=yes: as the registry gave it';
comment on column citizens.citizen.updated_at is 'private=no: when the registry last told us';
