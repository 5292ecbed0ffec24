/** Whom a card may stand for, once it has proven itself (docs/law.md#card-holder): a table read from the top, the first "no" counts. */
import { isSameName } from "#core/citizens";
import type { RegisteredPerson } from "#core/citizens";
import type { Card } from "./card-authority.ts";
import type { IdentifyByCardRefusal } from "./contract.ts";

export const figures = {
  /** Milliseconds from the question to the last moment its answer is taken. */
  questionLives: 5 * 60_000,
} as const;

interface Case {
  readonly person: RegisteredPerson;
  readonly card: Card;
  readonly now: Date;
}

const rules: readonly (readonly [IdentifyByCardRefusal, (situation: Case) => boolean])[] = [
  ["person.deceased", ({ person }) => person.deceased],
  ["person.name-mismatch", ({ person, card }) => !isSameName(person.name, card.name)],
  // A national's card outlives neither its loss nor its end at the registry, whatever its certificate still says.
  ["document.not-citizen-card", ({ person, card }) => card.holder.kind === "national" && person.document?.kind !== "CC"],
  ["document.cancelled", ({ person }) => person.document?.cancelled ?? true],
  ["document.expired", ({ person, now }) => (person.document?.expires ?? "") < now.toISOString().slice(0, 10)],
];

export function judgeHolder(situation: Case): IdentifyByCardRefusal | null {
  return rules.find(([, applies]) => applies(situation))?.[0] ?? null;
}
