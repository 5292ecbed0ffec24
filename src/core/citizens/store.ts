import type { Database } from "#platform/database";
import type { Citizen, IdentityDocument, RegisteredPerson } from "./person.ts";

export async function saveCitizen(
  db: Database,
  newId: string,
  person: RegisteredPerson,
  document: IdentityDocument,
  now: Date,
): Promise<string> {
  const [row] = await db<{ id: string }>`
    insert into citizens.citizen (
      id, civil_id, tax_number, name, given_names, family_names, birth_date, nationality,
      document_kind, document_number, document_expires, address, updated_at
    ) values (
      ${newId}, ${person.civilId}, ${person.taxNumber}, ${person.name}, ${person.givenNames}, ${person.familyNames},
      ${person.birthDate}, ${person.nationality}, ${document.kind}, ${document.number}, ${document.expires},
      ${person.address}, ${now}
    )
    on conflict (civil_id) do update set
      tax_number = excluded.tax_number, name = excluded.name, given_names = excluded.given_names,
      family_names = excluded.family_names, birth_date = excluded.birth_date, nationality = excluded.nationality,
      document_kind = excluded.document_kind, document_number = excluded.document_number,
      document_expires = excluded.document_expires, address = excluded.address, updated_at = excluded.updated_at
    returning id`;
  if (!row) throw new Error("the citizen was not saved");
  return row.id;
}

export async function loadCitizen(db: Database, id: string): Promise<Citizen | null> {
  const [row] = await db<Citizen>`
    select id, civil_id as "civilId", tax_number as "taxNumber", name, given_names as "givenNames",
           family_names as "familyNames", birth_date as "birthDate", nationality, document_kind as "documentKind",
           document_number as "documentNumber", document_expires as "documentExpires", address
    from citizens.citizen where id = ${id}`;
  return row ?? null;
}

export async function findCitizenId(db: Database, civilId: string): Promise<string | null> {
  const [row] = await db<{ id: string }>`select id from citizens.citizen where civil_id = ${civilId}`;
  return row?.id ?? null;
}
