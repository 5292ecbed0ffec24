/**
 * `docs/law.md`: every rule that core enforces. The figures are those of the code's own tables, and each article names the files
 * whose comments cite it: one that nothing cites is not enforced, and a citation of no article leads nowhere. Both fail the check.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { figures as acts } from "../../src/core/acts/rules.ts";
import { figures as activation } from "../../src/core/activation/under-way.ts";
import { figures as ownPins } from "../../src/core/activation/channels/own-pin.ts";
import { figures as letterApplicants } from "../../src/core/activation/channels/tax-letter/eligibility.ts";
import { figures as letters } from "../../src/core/activation/channels/tax-letter/letters.ts";
import { figures as cards } from "../../src/core/citizen-cards/rules.ts";
import { budgetRules } from "../../src/core/messages/budgets.ts";
import { figures as keys } from "../../src/core/mobile-keys/rules.ts";
import { figures as codes } from "../../src/core/one-time-codes/figures.ts";
import { figures as sessions } from "../../src/core/sessions/rules.ts";
import { figures as signIn } from "../../src/core/sign-in/rules.ts";
import { inWords } from "./in-words.ts";

interface Article {
  /** What comments cite: `docs/law.md#anchor`. */
  readonly anchor: string;
  readonly rule: string;
  /** "seed": the mission's own text; a law or standard with its clause; "found": as the national service does; "ours". */
  readonly source: string;
}

const root = join(import.meta.dirname, "..", "..");
const waits = [...keys.waits].map(([failures, wait]) => `${failures} in a row wait ${inWords(wait)}`);
const budget = (rule: keyof typeof budgetRules) =>
  `${budgetRules[rule].limit.toLocaleString("en")} in ${inWords(budgetRules[rule].window)}`;

const LAW: Readonly<Record<string, readonly Article[]>> = {
  Activation: [
    {
      anchor: "online-documents",
      rule: "Online, by the tax authority or the card, a key is activated only with a citizen card that is valid at the civil registry. Whoever holds an Identity Document (BI) or another document goes to a desk.",
      source: "seed",
    },
    {
      anchor: "error-ends",
      rule: `Any error ends an activation: what was typed is wiped and only a new start is offered. A mistake in the form (a malformed phone, a weak PIN) is corrected in it. Untouched, an activation ends after ${inWords(activation.lives)}.`,
      source: "seed",
    },
    {
      anchor: "tax-authority",
      rule: "The person signs in at the tax authority and authorises tax number and name. The civil registry is asked for that number, and the two names must be the same but for accents, case and spacing.",
      source: "seed",
    },
    {
      anchor: "tax-never-replaces",
      rule: "An activation through the tax authority never replaces, weakens or reveals a key that is there.",
      source: "ours",
    },
    {
      anchor: "letter-address",
      rule: `The letter goes to the address at the civil registry, unless that changed in the last ${inWords(letterApplicants.addressSettles)} or the last letter came back from it. One letter in ${inWords(letterApplicants.letterEvery)}, ${letterApplicants.lettersAYear} in a year, none while one is on its way.`,
      source: "seed; the limits ours",
    },
    {
      anchor: "letter-delivery",
      rule: `The letter is promised within ${letters.delivery} working days.`,
      source: "seed",
    },
    {
      anchor: "temporary-pin",
      rule: `It carries a random temporary PIN of ${letters.pinDigits} digits, good for ${inWords(letters.pinLives)} and ${keys.temporaryLock} wrong tries, for the first sign-in alone: that sign-in forces a PIN of the person's own before anything is told to the portal. A letter that came back makes its PIN worthless.`,
      source: "seed; days and tries ours",
    },
    {
      anchor: "card-activation",
      rule: "With the citizen card the holder agrees to what was read, chooses the PIN at once, and may let the new key take the place of the old one: only of the very key they were asked about, in the transaction that makes the new one.",
      source: "seed, found",
    },
    {
      anchor: "phone-possession",
      rule: "A key is made only after a code sent to its phone was typed. One living key a person, one key a phone; that a number belongs to another key is said only after its possession was proven.",
      source: "found",
    },
    {
      anchor: "signing-age",
      rule: `There is no least age to sign in; documents may be signed from ${ownPins.signsFrom} years on.`,
      source: "found",
    },
    {
      anchor: "signature-at-desk",
      rule: "A key activated through the tax authority may get the digital signature only at a desk.",
      source: "seed",
    },
  ],
  "PINs and codes": [
    {
      anchor: "pin-choice",
      rule: "A PIN has 4 to 8 digits. Refused are repeats, runs, the birth date, parts of phone, civil id, tax number or document, the commonest ones, and the temporary one.",
      source: "seed for the length, ours",
    },
    {
      anchor: "pin-at-rest",
      rule: "Of a PIN only HMAC(key outside the database, key id, salt, Argon2id(PIN, salt)) is kept: with the whole database stolen no PIN can be tried. Sign-in PIN and signature PIN are separate secrets.",
      source: "ours; RFC 9106",
    },
    {
      anchor: "one-time-code",
      rule: `A code has ${codes.digits} random digits and lives ${inWords(codes.lives["sign-in"])}. It is bound to one act in one session and kept only as a keyed hash. ${codes.tries} tries; another one after ${inWords(codes.resendAfter)}, ${codes.resends} times at most, and the new code kills the old.`,
      source: "ours",
    },
    {
      anchor: "counting",
      rule: "Each try is counted, durably, before it is judged, so that parallel guesses and crashes buy nothing. A try that was no guess is taken back.",
      source: "ours; NIST SP 800-63B 5.2.2",
    },
    {
      anchor: "wrong-pin",
      rule: `Wrong PINs since the last success: ${waits.join(", ")}; ${keys.lock} lock the key until it is unblocked with the citizen card, or at a desk, with a new PIN.`,
      source: "ours",
    },
    {
      anchor: "wrong-code",
      rule: `${keys.codeFailures} wrong codes after a right PIN lock the key at once: somebody else probably knows the PIN.`,
      source: "ours",
    },
    {
      anchor: "victims-lane",
      rule: `Tries from a browser that never signed in with this key count in a lane of their own, with the same waits, closed at ${keys.lock}: whoever knows only a number cannot shut its owner out. The owner opens it again from a known browser or with the card.`,
      source: "ours",
    },
    {
      anchor: "uniform-answers",
      rule: "Unknown number, wrong PIN, locked, waiting, expired: the same page, the same status, the same statements and the same hash. The owner of the number is told the truth by SMS.",
      source: "ours; OWASP ASVS 2.2",
    },
  ],
  Sending: [
    {
      anchor: "sending-budgets",
      rule: `Codes by SMS: ${budget("code-per-number")} and ${budget("code-per-number-a-day")} a number, ${budget("code-per-address")} a network address, ${budget("code-per-portal")} a portal, ${budget("code-unusual-prefix")} a prefix of another country, ${budget("code-global")} in all.`,
      source: "ours",
    },
    {
      anchor: "address-budget",
      rule: `After ${budget("identify-per-address")} failed tries a network address is not heard for a while.`,
      source: "ours",
    },
    {
      anchor: "notices",
      rule: `What changes a key is told to its phone and, if there is one, its e-mail. Warnings that a stranger can provoke: ${budget("notice-per-number")} a number.`,
      source: "ours",
    },
    {
      anchor: "message-form",
      rule: "Every message says the act; a code's says how long it lives, and its last line binds it to our origin. No message has a link. An SMS is written in the plain letters of GSM 03.38.",
      source: "ours",
    },
  ],
  "Sign-in": [
    {
      anchor: "sign-in-steps",
      rule: `Phone and PIN, then the code, then the consent; all within ${inWords(signIn.requestLives)}, in the browser that began. With the citizen card: the card, then the consent.`,
      source: "seed",
    },
    {
      anchor: "consent",
      rule: "The portal hears what the person authorised and nothing else. Consent is asked every time; optional attributes can be unticked; nobody decides for somebody who has signed out meanwhile.",
      source: "seed",
    },
    {
      anchor: "session",
      rule: `A session ends ${inWords(sessions.lives)} after its proof, or ${inWords(sessions.idle)} after it was last used. It spares the PIN only for the same attributes at the same or a lower level, never the consent.`,
      source: "ours; NIST SP 800-63B 7.2",
    },
    {
      anchor: "levels",
      rule: "4 is the citizen card; phone, PIN and code give 3, and never more than the key was activated with. A portal that asks more than the key reaches gets the card.",
      source: "found; eIDAS Implementing Regulation 2015/1502",
    },
  ],
  "The citizen card": [
    {
      anchor: "card-holder",
      rule: `A card counts when its authority says that it holds, and the civil registry that its holder lives, has that name and holds a valid document. Its answer serves the act and the browser it was asked for, once, within ${inWords(cards.questionLives)}.`,
      source: "ours; RFC 5280, RFC 6960",
    },
  ],
  "The life of a key": [
    {
      anchor: "validity",
      rule: "A key is valid until its document expires, and 30 days more for a citizen card or BI; never beyond 10 years and 30 days.",
      source: "Portaria 190-A/2019 art. 9",
    },
    {
      anchor: "locks-follow",
      rule: "Locked, waiting and void are no states: they follow from the counts and the clock.",
      source: "ours",
    },
    {
      anchor: "acts",
      rule: `An act on one's own key wants a proof of its own, shown in this session within the last ${inWords(acts.proofHolds)}; what was typed waits, sealed, until a code or a button confirms it, and happens once, with all that is told and written of it, or not at all. One wrong code ends it.`,
      source: "ours; the seed's rule of errors",
    },
    {
      anchor: "unblocking",
      rule: "A locked key opens with the citizen card, a code to its phone and a new PIN that is not the old one; that it was the old one is told only once the code was right. It ends what was proven with the key before.",
      source: "ours",
    },
    {
      anchor: "email-proven",
      rule: "The act puts an e-mail address on a key only after a code sent to that address was typed; the phone, the new and the former address are told.",
      source: "ours",
    },
  ],
};

/** Every file whose comments may cite the law. */
const CITING = ["src/**/*.ts", "tests/**/*.ts", "bench/**/*.ts", "sql/*.sql"];

function citations(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of CITING.flatMap((pattern) => globSync(pattern, { cwd: root })).sort()) {
    for (const [, anchor = ""] of readFileSync(join(root, file), "utf8").matchAll(/docs\/law\.md#([\w-]+)/g)) {
      const files = found.get(anchor) ?? [];
      if (!files.includes(file)) found.set(anchor, [...files, file]);
    }
  }
  return found;
}

/** What is wrong between the law and the code that cites it. */
export function lawFaults(): string[] {
  const anchors = new Set(Object.values(LAW).flatMap((articles) => articles.map(({ anchor }) => anchor)));
  const cited = citations();
  return [
    ...[...anchors].filter((anchor) => !cited.has(anchor)).map((anchor) => `docs/law.md#${anchor} is cited by no code`),
    ...[...cited.keys()].filter((anchor) => !anchors.has(anchor)).map((anchor) => `docs/law.md#${anchor} is no article`),
  ];
}

export function lawPage(): string {
  const cited = citations();
  const article = ({ anchor, rule, source }: Article) =>
    `<a id="${anchor}"></a>**${anchor}**: ${rule} *(${source})*  \nEnforced in ${inFiles(cited.get(anchor) ?? [])}.\n`;
  const sections = Object.entries(LAW).map(([title, articles]) => `## ${title}\n\n${articles.map(article).join("\n")}`);
  return [
    "# The law\n",
    "What core enforces, article by article. Made by `npm run docs` from `scripts/docs/law.ts`, with the figures of the code's own tables:",
    "do not edit. Comments cite an article as `docs/law.md#anchor`; `npm run check` fails when an article is cited nowhere, or a citation",
    "leads nowhere. *Seed* is the text this service follows, *found* is what the national service does, *ours* what we chose.\n",
    sections.join("\n"),
  ].join("\n");
}

function inFiles(files: readonly string[]): string {
  return files
    .filter((file) => !file.endsWith(".test.ts"))
    .map((file) => `\`${file}\``)
    .join(", ");
}
