import type { CivilRegistry, RegisteredPerson } from "#core/citizens";
import { untilShort } from "#platform/batches";
import { bind } from "#platform/bind";
import { reached } from "#platform/faults";
import { fingerprint, same } from "#platform/fingerprint";
import type { Floor } from "#platform/floor";
import { done, refused } from "#platform/outcome";
import type { Card, CardAuthority, CardHolder, JudgedCard } from "./card-authority.ts";
import type { CardProof, CardPurpose, CardQuestion, CitizenCards } from "./contract.ts";
import { figures, judgeHolder } from "./rules.ts";
import * as store from "./store.ts";

export interface CitizenCardNeeds {
  readonly floor: Floor;
  readonly registry: CivilRegistry;
  readonly authority: CardAuthority;
}

export function createCitizenCards(needs: CitizenCardNeeds): CitizenCards {
  return bind(needs, { ask, present, identifyByCard, purge });
}

async function ask({ floor }: CitizenCardNeeds, purpose: CardPurpose, returnTo: string): Promise<CardQuestion> {
  const { db, clock, random } = floor;
  const { session, act, subject } = purpose;
  const [doorToken, nonce] = [random.token(), random.bytes(32).toString("base64")];
  const expiresAt = new Date(clock.now().getTime() + figures.questionLives);
  const hashes = { sessionHash: fingerprint(session), doorHash: fingerprint(doorToken), nonceHash: fingerprint(nonce) };
  await store.replaceQuestion(db, { id: random.uuid(), act, subject, returnTo, expiresAt, ...hashes }, clock.now());
  return { doorToken, nonce, expiresAt };
}

/**
 * 1. The question is taken: a second answer finds none.
 * 2. The card is judged, which may ask its authority and take seconds.
 * 3. The verdict is sealed under a ticket, unless the question ended meanwhile.
 */
async function present(
  { floor, authority }: CitizenCardNeeds,
  doorToken: string,
  certificate: Uint8Array | null,
): ReturnType<CitizenCards["present"]> {
  const { db, clock, random, secrets } = floor;
  const taken = await store.takeAtDoor(db, fingerprint(doorToken), clock.now());
  if (!taken) return { ...refused("card.gone"), returnTo: await store.askedFrom(db, fingerprint(doorToken)) };
  const { id, returnTo } = taken;
  const verdict = JSON.stringify(await authority.judgeCertificate(certificate));
  const ticket = random.token();
  const result = await secrets.seal("personal", verdict, contextOf(id));
  const saved = await store.saveResult(db, id, fingerprint(ticket), result);
  return saved ? { ...done, returnTo, ticket } : { ...refused("card.gone"), returnTo };
}

async function identifyByCard(
  needs: CitizenCardNeeds,
  purpose: CardPurpose,
  proof: CardProof,
): ReturnType<CitizenCards["identifyByCard"]> {
  const verdict = await judgedBy(needs, purpose, proof);
  if (!verdict) return refused("card.gone");
  if (!verdict.ok) return refused(verdict.refusal);
  const { card } = verdict;
  const found = await reached(find(needs, card.holder));
  if (!found) return refused("registry.unavailable");
  const { answer: person } = found;
  if (!person) return refused("person.unknown");
  const refusal = judgeHolder({ person, card, now: needs.floor.clock.now() });
  return refusal ? refused(refusal) : { ...done, person, card };
}

function judgedBy(needs: CitizenCardNeeds, purpose: CardPurpose, proof: CardProof): Promise<JudgedCard | null> {
  return proof.kind === "ticket" ? byTicket(needs, purpose, proof.ticket) : byWebEid(needs, purpose, proof.nonce, proof.token);
}

async function byTicket(needs: CitizenCardNeeds, purpose: CardPurpose, ticket: string): Promise<JudgedCard | null> {
  const { db, clock } = needs.floor;
  const spent = await store.spendTicket(db, fingerprint(ticket), clock.now());
  return spent && isFor(spent, purpose) ? opened(needs, spent.id, spent.result) : null;
}

async function byWebEid(
  { floor: { db, clock }, authority }: CitizenCardNeeds,
  purpose: CardPurpose,
  nonce: string,
  token: string,
): Promise<JudgedCard | null> {
  const taken = await store.takeNonce(db, fingerprint(nonce), clock.now());
  return taken && isFor(taken, purpose) ? authority.judgeWebEid(token, nonce) : null;
}

const contextOf = (id: string) => `card ${id}`;

/** Instants do not survive JSON. */
interface SealedCard extends Omit<Card, "expiresAt"> {
  readonly expiresAt: string;
}
type SealedVerdict = { readonly ok: true; readonly card: SealedCard } | Extract<JudgedCard, { ok: false }>;

/** `as`: sealed, so it is what `present` wrote. */
async function opened({ floor }: CitizenCardNeeds, id: string, result: Buffer): Promise<JudgedCard> {
  const verdict = JSON.parse(await floor.secrets.open("personal", result, contextOf(id))) as SealedVerdict;
  return verdict.ok ? { ok: true, card: { ...verdict.card, expiresAt: new Date(verdict.card.expiresAt) } } : verdict;
}

function find({ registry }: CitizenCardNeeds, holder: CardHolder): Promise<RegisteredPerson | null> {
  if (holder.kind === "national") return registry.findByCivilId(holder.civilId);
  const { documentKind: kind, country, number } = holder;
  return registry.findByDocument({ kind, country, number });
}

type Bound = Pick<store.NewQuestion, "sessionHash" | "subject"> & { readonly act: string };

function isFor({ sessionHash, act, subject }: Bound, purpose: CardPurpose): boolean {
  return same(sessionHash, fingerprint(purpose.session)) && act === purpose.act && subject === purpose.subject;
}

function purge({ floor: { db, clock } }: CitizenCardNeeds): Promise<void> {
  return untilShort((limit) => store.purgeQuestions(db, clock.now(), limit));
}
