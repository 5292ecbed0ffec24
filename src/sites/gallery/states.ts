/** Every page in every state worth looking at. One row, one picture: a new state of a page is a new row here. */
import type { ActivationRefusal, LetterView } from "#core/activation";
import type { OwnKeyView, ReservedAreaView } from "#core/reserved-area";
import type { ConsentAttribute, PinWeakness } from "#core/sign-in";
import type { UnblockingRefusal } from "#core/unblocking";
import {
  activationCodeView,
  cardConsentView,
  cardContactView,
  cardDoneView,
  readerView,
  replaceView,
  activationRefusedView,
  citizenCardView,
  contactView,
  deskView,
  doneView,
  taxAuthorityView,
  waysView,
} from "#sites/activation";
import { accessibilityView, cardGoneView, helpView, homeView, privacyView, termsView } from "#sites/home";
import { busyView, errorPage, type CardProblem, type ErrorKind, type Page } from "#sites/kit";
import {
  reservedAreaView,
  signedOutView,
  unblockCodeView,
  unblockDoneView,
  unblockPinView,
  unblockRefusedView,
} from "#sites/reserved-area";
import {
  cardClosedView,
  cardRefusedView,
  cardView,
  consentView,
  endedView,
  goneView,
  identifyView,
  newPinView,
  signInCodeView,
  portalProblemView,
  signOutView,
} from "#sites/sign-in";
import type { Words } from "#words";

type State = (words: Words) => Page;

const csrf = "gallery";
const id = "gallery";
const reference = "1234-5678";
const at = (time: string) => new Date(`2026-11-23T${time}:00Z`);
const asks = { name: "As Minhas Faturas", homeUrl: "https://faturas.exemplo.pt/", isOurselves: false, redirectOrigins: [] };
const ours = ({ reservedArea }: Words) => ({
  name: reservedArea.title,
  homeUrl: "https://chave.exemplo.pt/reserved-area",
  isOurselves: true,
  redirectOrigins: [],
});
const noContact = { phone: "", email: "", consent: false };
const contact = { csrf, givenNames: "Maria Inês", mistakes: {}, typed: noContact, understood: null };
const learned = {
  name: "Maria Inês Exemplo da Conceição",
  civilId: "99000001",
  birthDate: "1984-02-29",
  documentExpires: "2032-06-30",
  address: "Rua das Amostras, 12, 3.º Esq., 1000-001 Lisboa",
};
const cardContact = {
  csrf,
  givenNames: "Maria Inês",
  mistakes: {},
  typed: { phone: "", email: "", signature: false },
  understood: null,
};
const activationCode = {
  csrf,
  channel: "tax-letter" as const,
  start: "/activate/tax-authority",
  code: { maskedPhone: "+351 ••• ••• 567", expiresAt: at("14:32"), resendAt: at("14:28") },
  mistakes: {},
  news: null,
};
const identify = { csrf, id, asks, withCard: true, mistakes: {}, typedPhone: "", refusal: null };
const code = { ...activationCode, id, asks, refusal: null };
const consent = { csrf, id, asks, by: "key-and-code" as const, name: "Maria Inês" };
const card = { csrf, id, asks, withKey: true };
const reader = { doorUrl: "https://localhost:3003/?question=gallery", nonce: "gallery", expiresAt: at("14:32") };
const newPin = { csrf, id, asks, mistakes: {}, refusal: null };
const letter: LetterView = {
  reference: "CH7K-29QX",
  maskedPhone: "+351 ••• ••• 567",
  requestedAt: at("14:30"),
  dueBy: new Date("2026-11-30T12:00:00Z"),
  expiresAt: new Date("2026-12-23T12:00:00Z"),
  state: "queued",
};
const attributes: readonly ConsentAttribute[] = [
  { name: "name", required: true, value: "Maria Inês Exemplo da Conceição" },
  { name: "tax_number", required: true, value: "299999998" },
  { name: "birth_date", required: true, value: "1984-02-29" },
  { name: "address", required: false, value: "Rua das Amostras, 12, 3.º Esq., 1000-001 Lisboa" },
  { name: "email", required: false, value: "maria.ines.exemplo.da.conceicao@correio.exemplo.pt" },
  { name: "phone", required: false, value: "+351912345678" },
  { name: "document_kind", required: false, value: "CC" },
  { name: "nationality", required: false, value: null },
];

const home: Readonly<Record<string, State>> = {
  home: homeView,
  help: (words) => helpView(words, { contact: "ajuda@exemplo.pt" }),
  accessibility: accessibilityView,
  privacy: privacyView,
  terms: termsView,
  "card-gone": cardGoneView,
};

const activation: Readonly<Record<string, State>> = {
  activate: waysView,
  "activate-citizen-card": (words) => citizenCardView(words, { csrf, isOpen: true }),
  "activate-citizen-card-closed": (words) => citizenCardView(words, { csrf, isOpen: false }),
  "activation-reader": (words) => readerView(words, { csrf, ...reader }),
  "activation-card-consent": (words) => cardConsentView(words, { csrf, learned }),
  "activation-replace": (words) => replaceView(words, { csrf }),
  "activation-card-contact": (words) => cardContactView(words, cardContact),
  "activation-card-contact-mistakes": (words) =>
    cardContactView(words, {
      ...cardContact,
      typed: { phone: "912 345", email: "maria@", signature: true },
      mistakes: {
        phone: words.fields.phone.notPhone,
        pin_new: words.fields.newPin.weakness["pin.run"],
        signature: words.citizenCard.signatureTooYoung,
        signature_pin_new: words.citizenCard.signaturePinWeak,
      },
    }),
  "activation-card-code": (words) => codeOf(words, { channel: "citizen-card", start: "/activate/citizen-card" }),
  "activation-card-done": cardDoneView,
  "activate-desk": deskView,
  "activate-tax-authority": (words) => taxAuthorityView(words, { csrf }),
  "activation-contact": (words) => contactView(words, contact),
  "activation-contact-mistakes": (words) =>
    contactView(words, {
      ...contact,
      typed: { phone: "912 345", email: "maria@", consent: false },
      mistakes: {
        phone: words.fields.phone.notPhone,
        email: words.fields.email.notEmail,
        consent: words.fields.consent.missing,
      },
    }),
  "activation-contact-understood": (words) =>
    contactView(words, {
      ...contact,
      typed: { phone: "00351912345678", email: "maria.ines@exemplo.pt", consent: false },
      understood: "+351 912 345 678",
      mistakes: { consent: words.fields.consent.missing },
    }),
  "activation-code": (words) => codeOf(words, {}),
  "activation-code-mistake": (words) => codeOf(words, { mistakes: { code: words.fields.code.notCode } }),
  "activation-code-too-soon": (words) => codeOf(words, { news: words.code.tooSoon(words.dates.time(at("14:28"))) }),
  "activation-code-no-more": (words) =>
    codeOf(words, { code: { ...activationCode.code, resendAt: null }, news: words.code.noMore }),
  "activation-done": (words) => doneView(words, { letter }),
  "activation-done-printed": (words) => doneView(words, { letter: { ...letter, state: "printed" } }),
  "activation-done-delivered": (words) => doneView(words, { letter: { ...letter, state: "delivered" } }),
  "activation-done-returned": (words) => doneView(words, { letter: { ...letter, state: "returned" } }),
};

const signIn: Readonly<Record<string, State>> = {
  "sign-in-identify": (words) => identifyView(words, identify),
  "sign-in-identify-key-only": (words) => identifyView(words, { ...identify, withCard: false }),
  "sign-in-card": (words) => cardView(words, { ...card, ...reader }),
  "sign-in-card-only": (words) => cardView(words, { ...card, ...reader, withKey: false }),
  "sign-in-card-closed": (words) => cardClosedView(words, card),
  "sign-in-here-identify": (words) => identifyView(words, { ...identify, asks: ours(words) }),
  "sign-in-here-code": (words) => signInCodeView(words, { ...code, asks: ours(words) }),
  "sign-in-here-card": (words) => cardView(words, { ...card, ...reader, asks: ours(words) }),
  "sign-in-here-card-only": (words) => cardView(words, { ...card, ...reader, asks: ours(words), withKey: false }),
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
  "sign-in-code": (words) => signInCodeView(words, code),
  "sign-in-code-wrong": (words) =>
    signInCodeView(words, { ...code, refusal: "code.wrong", mistakes: { code: words.code.wrong(2) } }),
  "sign-in-code-too-soon": (words) =>
    signInCodeView(words, { ...code, refusal: "code.too-soon", news: words.code.tooSoon(words.dates.time(at("14:28"))) }),
  "sign-in-new-pin": (words) => newPinView(words, newPin),
  "sign-in-new-pin-different": (words) =>
    newPinView(words, { ...newPin, mistakes: { pin_repeat: words.fields.newPin.different } }),
  "sign-in-consent": (words) => consentView(words, { ...consent, attributes }),
  "sign-in-consent-by-card": (words) => consentView(words, { ...consent, by: "citizen-card", attributes }),
  "sign-in-consent-required-only": (words) => consentView(words, { ...consent, attributes: attributes.slice(0, 2) }),
  "sign-in-consent-nothing": (words) => consentView(words, { ...consent, attributes: [] }),
  "sign-out": (words) => signOutView(words, { action: "/gallery", ticket: "gallery" }),
  "portal-request-wrong": (words) => portalProblemView(words, { problem: "request" }),
  "portal-request-expired": (words) => portalProblemView(words, { problem: "expired" }),
  "portal-request-fault": (words) => portalProblemView(words, { problem: "fault" }),
  "sign-in-gone": (words) => goneView(words, { reference }),
  "sign-in-used-up": (words) => endedView(words, { refusal: "code.used-up", asks, reference }),
  "sign-in-too-many-sms": (words) => endedView(words, { refusal: "sms.too-many", asks, reference }),
  "sign-in-too-many-tries": (words) => endedView(words, { refusal: "address.too-many", asks: null, reference }),
};

const key: OwnKeyView = {
  condition: "active",
  validUntil: new Date("2032-07-30T12:00:00Z"),
  phone: "+351912345678",
  email: "maria.ines.exemplo.da.conceicao@correio.exemplo.pt",
};
const area: ReservedAreaView = {
  name: "Maria Inês Exemplo da Conceição",
  givenNames: "Maria Inês",
  civilId: "99000001",
  taxNumber: "299999998",
  document: { kind: "CC", number: "99000001 0 ZZ1", expires: "2032-06-30" },
  key,
  lastSignIn: { portal: { pt: "As Minhas Faturas", en: "My Invoices" }, at: at("09:12"), byCard: false },
};
const areaOf = (words: Words, change: Partial<ReservedAreaView>) =>
  reservedAreaView(words, { csrf, area: { ...area, ...change }, portalName: change.lastSignIn ? null : asks.name });
const unblockPin = { csrf, mistakes: {}, refusal: null };
const unblockCode = { csrf, code: activationCode.code, mistakes: {}, news: null };

const reservedArea: Readonly<Record<string, State>> = {
  "reserved-area": (words) => areaOf(words, {}),
  "reserved-area-no-key": (words) =>
    areaOf(words, { key: null, taxNumber: null, lastSignIn: { portal: null, at: at("09:12"), byCard: true } }),
  "reserved-area-no-sign-in": (words) => areaOf(words, { key: { ...key, email: null }, lastSignIn: null }),
  "signed-out": signedOutView,
  "unblock-pin": (words) => unblockPinView(words, unblockPin),
  "unblock-pin-different": (words) =>
    unblockPinView(words, { ...unblockPin, mistakes: { pin_repeat: words.fields.newPin.different } }),
  "unblock-pin-weak": (words) =>
    unblockPinView(words, {
      ...unblockPin,
      refusal: "pin.run",
      mistakes: { pin_new: words.fields.newPin.weakness["pin.run"] },
    }),
  "unblock-code": (words) => unblockCodeView(words, unblockCode),
  "unblock-code-mistake": (words) => unblockCodeView(words, { ...unblockCode, mistakes: { code: words.fields.code.notCode } }),
  "unblock-code-no-more": (words) =>
    unblockCodeView(words, { ...unblockCode, code: { ...unblockCode.code, resendAt: null }, news: words.code.noMore }),
  "unblock-done": (words) => unblockDoneView(words, { csrf }),
};

const conditions: readonly OwnKeyView["condition"][] = [
  ...(["locked", "frozen", "suspended", "expired", "temporary", "temporary-over"] as const),
];
const unblockingRefusals: readonly UnblockingRefusal[] = [
  "key.none",
  "key.not-locked",
  "key.pending-letter",
  "key.frozen",
  "key.suspended",
  "key.expired",
  "unblocking.gone",
  "unblocking.out-of-step",
  "pin.same",
  "sms.too-many",
  "code.wrong",
  "code.expired",
  "key.changed",
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
const cardProblems: readonly CardProblem[] = [
  "card.absent",
  "card.not-recognised",
  "card.wrong-certificate",
  "card.unknown-issuer",
  "card.expired",
  "card.revoked",
  "card.suspended",
  "card.status-unavailable",
  "card.answer-invalid",
  "card.gone",
  "card.cancelled",
  "card.pin-blocked",
  "card.reader-failed",
  "registry.unavailable",
  "person.unknown",
  "person.name-mismatch",
  "person.deceased",
  "document.not-citizen-card",
  "document.expired",
  "document.cancelled",
];
const refusals: readonly ActivationRefusal[] = [
  ...cardProblems,
  "consent.refused",
  "key.changed",
  "key.kept",
  "activation.gone",
  "activation.out-of-step",
  "tax-authority.refused",
  "tax-authority.failed",
  "tax-authority.unavailable",
  "document.identity-document",
  "address.unknown",
  "address.recently-changed",
  "key.exists",
  "letter.pending",
  "letter.returned",
  "letter.too-soon",
  "letter.too-many",
  "phone.taken",
  "sms.too-many",
  "code.wrong",
  "code.expired",
];
const errors: readonly ErrorKind[] = [
  "notFound",
  "fault",
  "unavailable",
  "sessionExpired",
  "otherSite",
  "malformed",
  "tooLarge",
  "mediaType",
  "tooManyRequests",
];

function codeOf(words: Words, change: Partial<Parameters<typeof activationCodeView>[1]>): Page {
  return activationCodeView(words, { ...activationCode, ...change });
}

function each<Code extends string>(
  prefix: string,
  codes: readonly Code[],
  state: (words: Words, code: Code) => Page,
): [string, State][] {
  return codes.map((code) => [`${prefix}${code.replaceAll(".", "-")}`, (words) => state(words, code)]);
}

export const states: ReadonlyMap<string, State> = new Map([
  ...Object.entries({ ...home, ...activation, ...signIn, ...reservedArea }),
  ...each("reserved-area-", conditions, (words, condition) => areaOf(words, { key: { ...key, condition } })),
  ...each("unblock-refused-", unblockingRefusals, (words, refusal) => unblockRefusedView(words, { refusal, reference })),
  ...each("activation-refused-", refusals, (words, refusal) => activationRefusedView(words, { refusal, reference })),
  ...each("sign-in-card-refused-", cardProblems, (words, refusal) =>
    cardRefusedView(words, { ...card, refusal, withKey: refusal !== "card.absent", reference }),
  ),
  ...each("sign-in-new-pin-", weaknesses, (words, refusal) =>
    newPinView(words, { ...newPin, refusal, mistakes: { pin_new: words.fields.newPin.weakness[refusal] } }),
  ),
  ...each("error-", errors, (words, kind) => errorPage(words, { kind, reference })),
  ["error-busy", busyView],
]);
