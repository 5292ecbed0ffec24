import type { PinWeakness } from "#core/mobile-keys";
import type { ConsentAttribute } from "#core/sign-in";
import { cardEndings, codeStepIn, codesOf, samples, statesOf, tooSoon, type AskingPortal, type States } from "#sites/kit";
import type { Words } from "#words";
import { cardClosedView, cardRefusedView, cardView } from "./card.view.ts";
import { codeFace } from "./code.view.ts";
import { consentView } from "./consent.view.ts";
import { endedView, goneView } from "./ended.view.ts";
import { identifyView } from "./identify.view.ts";
import { newPinView } from "./new-pin.view.ts";
import { postedView } from "./posted.view.ts";
import { portalProblemView, signOutView } from "./protocol-pages.ts";

const id = "gallery";
const { csrf, reference, asks, reader } = samples;
const ours = ({ reservedArea }: Words): AskingPortal => ({
  name: reservedArea.title,
  homeUrl: "https://chave.exemplo.pt/reserved-area",
  isOurselves: true,
  returnOrigins: [],
});
const both = ["key-and-code", "citizen-card"] as const;
const identify = { csrf, id, asks, offered: both, mistakes: {}, typedPhone: "", refusal: null };
const consent = { csrf, id, asks, by: "key-and-code" as const, name: "Maria Inês" };
const card = { csrf, id, asks, offered: both };
const newPin = { csrf, id, asks, mistakes: {}, refusal: null };
const attributes: readonly ConsentAttribute[] = [
  { name: "name", required: true, value: samples.name },
  { name: "tax_number", required: true, value: "299999998" },
  { name: "birth_date", required: true, value: "1984-02-29" },
  { name: "address", required: false, value: "Rua das Amostras, 12, 3.º Esq., 1000-001 Lisboa" },
  { name: "email", required: false, value: samples.email },
  { name: "phone", required: false, value: "+351912345678" },
  { name: "document_kind", required: false, value: "CC" },
  { name: "nationality", required: false, value: null },
];
const weaknesses: readonly PinWeakness[] = [
  "pin.length",
  "pin.repeats",
  "pin.run",
  "pin.birth-date",
  "pin.phone",
  "pin.document",
  "pin.common",
  "pin.temporary",
];

export const signInStates: States = {
  "sign-in-identify": (words) => identifyView(words, identify),
  "sign-in-identify-key-only": (words) => identifyView(words, { ...identify, offered: ["key-and-code"] }),
  "sign-in-card": (words) => cardView(words, { ...card, ...reader }),
  "sign-in-card-only": (words) => cardView(words, { ...card, ...reader, offered: ["citizen-card"] }),
  "sign-in-card-closed": (words) => cardClosedView(words, card),
  "sign-in-here-identify": (words) => identifyView(words, { ...identify, asks: ours(words) }),
  "sign-in-here-code": (words) => codeStepIn(words, codeFace(words, id, ours(words))),
  "sign-in-here-card": (words) => cardView(words, { ...card, ...reader, asks: ours(words) }),
  "sign-in-here-card-only": (words) => cardView(words, { ...card, ...reader, asks: ours(words), offered: ["citizen-card"] }),
  "sign-in-here-card-closed": (words) => cardClosedView(words, { ...card, asks: ours(words) }),
  "sign-in-here-used-up": (words) => endedView(words, { refusal: "code.used-up", asks: ours(words), reference }),
  "sign-in-identify-mistakes": (words) =>
    identifyView(words, {
      ...identify,
      typedPhone: "91234",
      mistakes: { phone: words.fields.phone.notPhone, pin: words.fields.pin.missing },
    }),
  "sign-in-identify-refused": (words) =>
    identifyView(words, { ...identify, typedPhone: "912 345 678", refusal: "sign-in.refused" }),
  "sign-in-identify-code-expired": (words) => identifyView(words, { ...identify, refusal: "code.expired" }),
  "sign-in-code": (words) => codeStepIn(words, codeFace(words, id, asks)),
  "sign-in-code-wrong": (words) =>
    codeStepIn(words, codeFace(words, id, asks), { refusal: "code.wrong", mistakes: { code: words.code.wrong(2) } }),
  "sign-in-code-too-soon": (words) => codeStepIn(words, codeFace(words, id, asks), tooSoon(words)),
  "sign-in-new-pin": (words) => newPinView(words, newPin),
  "sign-in-new-pin-different": (words) =>
    newPinView(words, { ...newPin, mistakes: { pin_repeat: words.fields.newPin.different } }),
  "sign-in-consent": (words) => consentView(words, { ...consent, attributes }),
  "sign-in-consent-by-card": (words) => consentView(words, { ...consent, by: "citizen-card", attributes }),
  "sign-in-consent-required-only": (words) => consentView(words, { ...consent, attributes: attributes.slice(0, 2) }),
  "sign-in-consent-nothing": (words) => consentView(words, { ...consent, attributes: [] }),
  // Without its script, which would leave for the portal before anybody has looked.
  "sign-in-posted": (words) => ({
    ...postedView(words, { action: "/gallery", fields: { answer: "gallery" } }),
    scripted: false,
  }),
  "sign-out": (words) => signOutView(words, { action: "/gallery", ticket: "gallery" }),
  "portal-request-wrong": (words) => portalProblemView(words, { problem: "request" }),
  "portal-request-expired": (words) => portalProblemView(words, { problem: "expired" }),
  "portal-request-fault": (words) => portalProblemView(words, { problem: "fault" }),
  "sign-in-gone": (words) => goneView(words, { reference }),
  "sign-in-used-up": (words) => endedView(words, { refusal: "code.used-up", asks, reference }),
  "sign-in-too-many-sms": (words) => endedView(words, { refusal: "sms.too-many", asks, reference }),
  "sign-in-too-many-tries": (words) => endedView(words, { refusal: "address.too-many", asks: null, reference }),
  ...statesOf("sign-in-card-refused-", codesOf(cardEndings), (words, refusal) =>
    cardRefusedView(words, { ...card, refusal, offered: refusal === "card.absent" ? ["citizen-card"] : both, reference }),
  ),
  ...statesOf("sign-in-new-pin-", weaknesses, (words, refusal) =>
    newPinView(words, { ...newPin, refusal, mistakes: { pin_new: words.fields.newPin.weakness[refusal] } }),
  ),
};
