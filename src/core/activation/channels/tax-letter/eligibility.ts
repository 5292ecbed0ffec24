/** Who may activate through the tax authority (docs/law.md#online-documents): a table read from the top, the first "no" counts. */
import { isSameName } from "#core/citizens";
import type { RegisteredPerson } from "#core/citizens";
import type { KeyState } from "#core/mobile-keys";
import type { TaxLetterRefusal } from "./contract.ts";

export const figures = {
  /** docs/law.md#letter-address: a newly changed address could be the work of whoever wants the letter. */
  addressSettles: 30,
  letterEvery: 1,
  lettersAYear: 3,
} as const;

export interface EarlierLetter {
  readonly requestedAt: Date;
  readonly state: "queued" | "printing" | "printed" | "delivered" | "returned" | "used" | "cancelled" | "expired";
}

export interface Case {
  readonly person: RegisteredPerson;
  /** As the tax authority told it. */
  readonly name: string;
  readonly key: KeyState | null;
  /** Letters of the last 365 days, newest first. */
  readonly letters: readonly EarlierLetter[];
  readonly now: Date;
}

const rules: readonly (readonly [TaxLetterRefusal, (situation: Case) => boolean])[] = [
  ["person.deceased", ({ person }) => person.deceased],
  ["person.name-mismatch", ({ person, name }) => !isSameName(person.name, name)],
  ["document.identity-document", ({ person }) => person.document?.kind === "BI"],
  ["document.not-citizen-card", ({ person }) => person.document?.kind !== "CC"],
  ["document.cancelled", ({ person }) => person.document?.cancelled ?? true],
  ["document.expired", ({ person, now }) => (person.document?.expires ?? "") < dayOf(now)],
  ["letter.pending", ({ key }) => key === "pending-letter"],
  // docs/law.md#tax-never-replaces: a tax-authority activation never replaces, weakens or reveals more of an existing key.
  ["key.exists", ({ key }) => key !== null],
  ["address.unknown", ({ person }) => person.address === null],
  ["address.recently-changed", ({ person, now }) => daysBetween(person.address?.since ?? "", now) < figures.addressSettles],
  ["letter.returned", ({ letters, person }) => letters[0]?.state === "returned" && !movedSince(person, letters[0].requestedAt)],
  [
    "letter.too-soon",
    ({ letters, now }) => letters.some((letter) => daysBetween(letter.requestedAt, now) < figures.letterEvery),
  ],
  ["letter.too-many", ({ letters }) => letters.length >= figures.lettersAYear],
];

export function judgeEligibility(situation: Case): TaxLetterRefusal | null {
  return rules.find(([, applies]) => applies(situation))?.[0] ?? null;
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function daysBetween(from: string | Date, to: Date): number {
  return (to.getTime() - new Date(from).getTime()) / 86_400_000;
}

function movedSince({ address }: RegisteredPerson, at: Date): boolean {
  return address !== null && address.since > dayOf(at);
}
