import { actsFor } from "#core/acts";
import type { OwnKeyView, ReservedAreaView } from "#core/reserved-area";
import { inEachLanguage } from "#core/vocabulary";
import { samples, statesOf, type States } from "#sites/kit";
import type { Words } from "#words";
import { reservedAreaView, signedOutView } from "./home.view.ts";

const { csrf, asks, at } = samples;
const key: OwnKeyView = {
  condition: "active",
  validUntil: new Date("2032-07-30T12:00:00Z"),
  phone: "+351912345678",
  email: samples.email,
};
const area: ReservedAreaView = {
  name: samples.name,
  givenNames: "Maria Inês",
  civilId: "99000001",
  taxNumber: "299999998",
  document: { kind: "CC", number: "99000001 0 ZZ1", expires: "2032-06-30" },
  key,
  acts: [],
  lastSignIn: { portal: inEachLanguage(() => asks.name), at: at("09:12"), byCard: false },
};
const areaOf = (words: Words, change: Partial<ReservedAreaView>) => {
  const changed = { ...area, ...change };
  const shown = { ...changed, acts: actsFor(changed.key?.condition ?? null) };
  return reservedAreaView(words, { csrf, area: shown, portalName: change.lastSignIn ? null : asks.name });
};
const conditions: readonly OwnKeyView["condition"][] = [
  ...(["locked", "frozen", "suspended", "expired", "temporary", "temporary-over"] as const),
];

export const homeStates: States = {
  "reserved-area": (words) => areaOf(words, {}),
  "reserved-area-no-key": (words) =>
    areaOf(words, { key: null, taxNumber: null, lastSignIn: { portal: null, at: at("09:12"), byCard: true } }),
  "reserved-area-no-sign-in": (words) => areaOf(words, { key: { ...key, email: null }, lastSignIn: null }),
  "signed-out": signedOutView,
  ...statesOf("reserved-area-", conditions, (words, condition) => areaOf(words, { key: { ...key, condition } })),
};
