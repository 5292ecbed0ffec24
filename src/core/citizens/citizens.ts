import type { AttributeName } from "#core/vocabulary";
import type { Database } from "#platform/database";
import type { Clock, Random } from "#platform/world";
import { addressInOneLine } from "./person.ts";
import type { Citizen, RegisteredPerson } from "./person.ts";
import { findCitizenId, loadCitizen, saveCitizen } from "./store.ts";

export interface Citizens {
  /** Keeps what the registry said, under the same id each time. The person must hold a document. */
  remember(person: RegisteredPerson): Promise<{ readonly id: string }>;
  load(id: string): Promise<Citizen | null>;
  /** Our own id of somebody we already know. */
  idOf(civilId: string): Promise<string | null>;
}

/** A citizen's own attributes by the house's names; contacts belong to the key, not to the citizen. */
export function attributesOf(citizen: Citizen): Record<Exclude<AttributeName, "phone" | "email">, string | null> {
  return {
    civil_id: citizen.civilId,
    tax_number: citizen.taxNumber,
    name: citizen.name,
    given_names: citizen.givenNames,
    family_names: citizen.familyNames,
    birth_date: citizen.birthDate,
    nationality: citizen.nationality,
    address: citizen.address && addressInOneLine(citizen.address),
    document_kind: citizen.documentKind,
    document_number: citizen.documentNumber,
    document_expires: citizen.documentExpires,
  };
}

export function createCitizens({ db, clock, random }: { db: Database; clock: Clock; random: Random }): Citizens {
  return {
    async remember(person) {
      if (person.document === null) throw new Error("a person without a document cannot be remembered");
      return { id: await saveCitizen(db, random.uuid(), person, person.document, clock.now()) };
    },
    load: (id) => loadCitizen(db, id),
    idOf: (civilId) => findCitizenId(db, civilId),
  };
}
