/** The cards: issued, kept, found again by their holder or by the number of one of their certificates. */
import { createPrivateKey, generateKeyPair, randomUUID, X509Certificate, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { Clock } from "#platform/world";
import type { Person } from "../people/index.ts";
import { openShelf } from "../kit/shelf.ts";
import { yearsAfter, type Authorities } from "./authorities.ts";
import { makeCertificate, type KeyPair } from "./certificate.ts";
import { holderExtensions } from "./extensions.ts";
import { holderName, type Addresses, type CertificateUse } from "./names.ts";

export const CARD_KEYS = ["P-256", "RSA-3072"] as const;
export type CardKey = (typeof CARD_KEYS)[number];

/** A certificate of a card, with the private key that on a real one never leaves the chip. */
export interface Credential {
  readonly certificate: X509Certificate;
  readonly privateKey: KeyObject;
}

export interface Card {
  readonly id: string;
  readonly civilId: string;
  /** The document's number, as printed on it. */
  readonly number: string;
  readonly key: CardKey;
  readonly pin: string;
  readonly issuedAt: string;
  readonly authentication: Credential;
  readonly signature: Credential;
}

export interface CardOptions {
  readonly key?: CardKey;
  /** First and last moment of both certificates; by default the five years that end with the document. */
  readonly from?: Date;
  readonly until?: Date;
}

interface StoredCredential {
  readonly certificate: string;
  readonly privateKey: string;
}

interface StoredCard {
  readonly id: string;
  readonly civilId: string;
  readonly number: string;
  readonly key: CardKey;
  readonly pin: string;
  readonly issuedAt: string;
  readonly authentication: StoredCredential;
  readonly signature: StoredCredential;
}

export interface Cards {
  all(): readonly Card[];
  /** The card last issued to this holder. */
  latestOf(civilId: string): Card | undefined;
  /** By the serial number of either certificate, in hexadecimal. */
  bySerial(issuer: CertificateUse, serial: string): Card | undefined;
  issue(person: Person, options?: CardOptions): Promise<Card>;
}

export interface CardsNeeds {
  readonly clock: Clock;
  readonly shelfFolder: string;
  readonly authorities: Authorities;
  readonly addresses: Addresses;
}

const YEARS_OF_A_CARD = 5;

export function createCards(needs: CardsNeeds): Cards {
  const shelf = openShelf<StoredCard>(needs.shelfFolder, "cards");
  const cards = shelf.entries.map(opened);
  const latest = new Map<string, Card>();
  const serials = new Map<string, Card>();
  const learn = (card: Card) => {
    latest.set(card.civilId, card);
    for (const use of USES) serials.set(`${use} ${card[use].certificate.serialNumber}`, card);
  };
  cards.forEach(learn);

  async function issue(person: Person, options: CardOptions = {}): Promise<Card> {
    const stored = await makeCard(person, options, needs);
    const card = opened(stored);
    shelf.add(stored);
    cards.push(card);
    learn(card);
    return card;
  }
  return {
    all: () => cards,
    latestOf: (civilId) => latest.get(civilId),
    bySerial: (issuer, serial) => serials.get(`${issuer} ${serial.toUpperCase()}`),
    issue,
  };
}

const USES: readonly CertificateUse[] = ["authentication", "signature"];

async function makeCard(person: Person, options: CardOptions, needs: CardsNeeds): Promise<StoredCard> {
  if (person.cardPin === null) throw new Error(`${person.civilId} has no citizen card`);
  const key = options.key ?? "P-256";
  const until = options.until ?? new Date(`${person.document.expires}T23:59:59Z`);
  const from = options.from ?? yearsAfter(until, -YEARS_OF_A_CARD);
  const made = (use: CertificateUse) => makeCredential(person, { use, key, from, until }, needs);
  const { civilId, cardPin: pin, document } = person;
  const [authentication, signature] = await Promise.all([made("authentication"), made("signature")]);
  const issuedAt = needs.clock.now().toISOString();
  return { id: randomUUID(), civilId, number: document.number, key, pin, issuedAt, authentication, signature };
}

interface WantedCredential {
  readonly use: CertificateUse;
  readonly key: CardKey;
  readonly from: Date;
  readonly until: Date;
}

async function makeCredential(
  person: Person,
  { use, key, from, until }: WantedCredential,
  { authorities, addresses }: CardsNeeds,
): Promise<StoredCredential> {
  const { publicKey, privateKey } = await makeKeys(key);
  const issuer = authorities[use];
  const extensions = holderExtensions(use, publicKey, { addresses, issuer: use, issuerKey: issuer.keys.publicKey });
  const der = await makeCertificate({ subject: holderName(person, use), publicKey, from, until, extensions }, issuer);
  const pkcs8 = privateKey.export({ type: "pkcs8", format: "der" });
  return { certificate: der.toString("base64"), privateKey: pkcs8.toString("base64") };
}

const generate = promisify(generateKeyPair);

/** In a thread of its own: an RSA key takes a good part of a second. */
export function makeKeys(key: CardKey): Promise<KeyPair> {
  return key === "P-256" ? generate("ec", { namedCurve: "P-256" }) : generate("rsa", { modulusLength: 3072 });
}

function opened(stored: StoredCard): Card {
  return { ...stored, authentication: openCredential(stored.authentication), signature: openCredential(stored.signature) };
}

function openCredential({ certificate, privateKey }: StoredCredential): Credential {
  const key = Buffer.from(privateKey, "base64");
  return {
    certificate: new X509Certificate(Buffer.from(certificate, "base64")),
    privateKey: createPrivateKey({ key, type: "pkcs8", format: "der" }),
  };
}
