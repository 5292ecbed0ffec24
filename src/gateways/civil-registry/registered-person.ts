/** What an answer of the registry must look like. Anything else is a fault of the registry, never a person. */
import { z } from "zod";
import type { RegisteredPerson } from "#core/citizens";

const day = z.iso.date();
const country = z.string().regex(/^[A-Z]{2}$/);
const text = (most: number) => z.string().trim().min(1).max(most);

const Document = z.object({
  kind: z.enum(["CC", "BI", "PAS", "TR", "CR"]),
  number: text(30),
  expires: day,
  cancelled: z.boolean(),
});

const Address = z.object({
  lines: z.array(text(120)).min(1).max(2),
  postalCode: text(16),
  locality: text(80),
  country,
  since: day,
});

const Person = z.object({
  civilId: z.string().regex(/^[A-Z0-9]{1,20}$/),
  taxNumber: z
    .string()
    .regex(/^\d{9}$/)
    .nullable(),
  name: text(200),
  givenNames: text(150),
  familyNames: text(150),
  birthDate: day,
  nationality: country,
  deceased: z.boolean(),
  document: Document.nullable(),
  address: Address.nullable(),
});

/** Null when the answer is malformed; the reason is not kept, since it would quote personal data. */
export function readPerson(answer: unknown): RegisteredPerson | null {
  return Person.safeParse(answer).data ?? null;
}
