import assert from "node:assert/strict";
import { test } from "node:test";
import type { IdentityDocument, RegisteredPerson } from "#core/citizens";
import type { ActivationRefusal } from "../../contract.ts";
import { judgeEligibility } from "./eligibility.ts";
import type { Case, EarlierLetter } from "./eligibility.ts";

const now = new Date("2027-03-01T10:00:00Z");
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
const dayAgo = (days: number) => ago(days).toISOString().slice(0, 10);

const card: IdentityDocument = { kind: "CC", number: "99000001 0 ZZ1", expires: "2030-06-30", cancelled: false };
const address = {
  lines: ["Rua das Amostras 3"],
  postalCode: "9999-001",
  locality: "Amostra",
  country: "PT",
  since: "2015-01-31",
};
const person: RegisteredPerson = {
  civilId: "99000001",
  taxNumber: "299000001",
  name: "João Inventado da Conceição",
  givenNames: "João",
  familyNames: "Inventado da Conceição",
  birthDate: "1987-05-21",
  nationality: "PT",
  deceased: false,
  document: card,
  address,
};
const base: Case = { person, name: person.name, key: null, letters: [], now };

const whose = (changes: Partial<RegisteredPerson>): Partial<Case> => ({ person: { ...person, ...changes } });
const holding = (changes: Partial<IdentityDocument>) => whose({ document: { ...card, ...changes } });
const living = (since: string) => whose({ address: { ...address, since } });
const letters = (...sent: (readonly [days: number, state: EarlierLetter["state"]])[]): Partial<Case> => ({
  letters: sent.map(([days, state]) => ({ requestedAt: ago(days), state })),
});

const table: readonly (readonly [string, Partial<Case>, ActivationRefusal | null])[] = [
  ["a national with a valid citizen card", {}, null],
  ["somebody dead", whose({ deceased: true }), "person.deceased"],
  ["another name at the tax authority", { name: "Joana Inventada da Conceição" }, "person.name-mismatch"],
  ["the same name, shouted without accents", { name: "  JOAO   INVENTADO DA CONCEICAO " }, null],
  ["the holder of an Identity Document", holding({ kind: "BI" }), "document.identity-document"],
  ["the holder of a passport", holding({ kind: "PAS" }), "document.not-citizen-card"],
  ["the holder of a residence permit", holding({ kind: "TR" }), "document.not-citizen-card"],
  ["the holder of a residence card", holding({ kind: "CR" }), "document.not-citizen-card"],
  ["somebody without a document", whose({ document: null }), "document.not-citizen-card"],
  ["a cancelled card", holding({ cancelled: true }), "document.cancelled"],
  ["a card that expired yesterday", holding({ expires: dayAgo(1) }), "document.expired"],
  ["a card that expires today", holding({ expires: dayAgo(0) }), null],
  ["a letter under way", { key: "pending-letter" }, "letter.pending"],
  ["a key in use", { key: "active" }, "key.exists"],
  ["a frozen key", { key: "frozen" }, "key.exists"],
  ["a suspended key", { key: "suspended" }, "key.exists"],
  ["no address", whose({ address: null }), "address.unknown"],
  ["an address of last week", living(dayAgo(7)), "address.recently-changed"],
  ["an address of 29 days", living(dayAgo(29)), "address.recently-changed"],
  ["an address of 31 days", living(dayAgo(31)), null],
  ["an address of tomorrow", living(dayAgo(-1)), "address.recently-changed"],
  ["a letter that came back", letters([60, "returned"]), "letter.returned"],
  ["a letter that came back long ago, and one since", letters([60, "used"], [200, "returned"]), null],
  ["a letter that came back from an address left since", { ...living(dayAgo(40)), ...letters([60, "returned"]) }, null],
  ["a letter asked for 23 hours ago", letters([23 / 24, "expired"]), "letter.too-soon"],
  ["a letter asked for a day ago", letters([1, "expired"]), null],
  ["two letters in a year", letters([40, "expired"], [80, "expired"]), null],
  ["three letters in a year", letters([40, "expired"], [80, "cancelled"], [120, "expired"]), "letter.too-many"],
];

for (const [who, changes, expected] of table) {
  test(`${who}: ${expected ?? "may activate by letter"}`, () => {
    assert.equal(judgeEligibility({ ...base, ...changes }), expected);
  });
}
