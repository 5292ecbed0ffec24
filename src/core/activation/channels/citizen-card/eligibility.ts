/** Who may activate with the citizen card (docs/law.md#online-documents): a table read from the top, the first "no" counts. */
import type { RegisteredPerson } from "#core/citizens";
import type { CitizenCardRefusal } from "./contract.ts";

export const figures = {
  /** docs/law.md#signing-age: years of age from which documents may be signed; there is none to sign in. */
  signsFrom: 16,
} as const;

const day = (at: Date) => at.toISOString().slice(0, 10);

const rules: readonly (readonly [CitizenCardRefusal, (person: RegisteredPerson, today: string) => boolean])[] = [
  ["person.deceased", ({ deceased }) => deceased],
  ["document.not-citizen-card", ({ document }) => document?.kind !== "CC"],
  ["document.cancelled", ({ document }) => document?.cancelled ?? true],
  ["document.expired", ({ document }, today) => (document?.expires ?? "") < today],
];

export function judgeCardHolder(person: RegisteredPerson, now: Date): CitizenCardRefusal | null {
  return rules.find(([, applies]) => applies(person, day(now)))?.[0] ?? null;
}

export function maySign({ birthDate }: Pick<RegisteredPerson, "birthDate">, now: Date): boolean {
  return `${String(Number(birthDate.slice(0, 4)) + figures.signsFrom)}${birthDate.slice(4)}` <= day(now);
}
