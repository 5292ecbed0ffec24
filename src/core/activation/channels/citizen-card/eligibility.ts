/** Who may activate with the citizen card (docs/law.md#online-documents): a table read from the top, the first "no" counts. */
import type { RegisteredPerson } from "#core/citizens";
import type { CitizenCardRefusal } from "./contract.ts";

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
