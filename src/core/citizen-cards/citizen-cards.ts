import type { CivilRegistry, RegisteredPerson } from "#core/citizens";
import { untilShort } from "#platform/batches";
import { reached } from "#platform/faults";
import { fingerprint, same } from "#platform/fingerprint";
import type { Floor } from "#platform/floor";
import { done, refused } from "#platform/outcome";
import type { Card, CardAuthority, CardHolder, JudgedCard } from "./card-authority.ts";
import type { CardProof, CardPurpose, CitizenCards } from "./contract.ts";
import { figures, judgeHolder } from "./rules.ts";
import * as store from "./store.ts";

export interface CitizenCardNeeds {
  readonly floor: Floor;
  readonly registry: CivilRegistry;
  readonly authority: CardAuthority;
}

/** Instants do not survive JSON. */
interface KeptCard extends Omit<Card, "expiresAt"> {
  readonly expiresAt: string;
}
type Kept = { readonly ok: true; readonly card: KeptCard } | Extract<JudgedCard, { ok: false }>;

export function createCitizenCards({ floor, registry, authority }: CitizenCardNeeds): CitizenCards {
  const { db, clock, random, secrets } = floor;
  const contextOf = (id: string) => `card ${id}`;

  /** `as`: sealed, so it is what `present` wrote. */
  async function opened(id: string, result: Buffer): Promise<JudgedCard> {
    const kept = JSON.parse(await secrets.open("personal", result, contextOf(id))) as Kept;
    return kept.ok ? { ok: true, card: { ...kept.card, expiresAt: new Date(kept.card.expiresAt) } } : kept;
  }

  async function byTicket(purpose: CardPurpose, ticket: string): Promise<JudgedCard | null> {
    const spent = await store.spendTicket(db, fingerprint(ticket), clock.now());
    return spent && isFor(spent, purpose) ? opened(spent.id, spent.result) : null;
  }

  async function byWebEid(purpose: CardPurpose, nonce: string, token: string): Promise<JudgedCard | null> {
    const taken = await store.takeNonce(db, fingerprint(nonce), clock.now());
    return taken && isFor(taken, purpose) ? authority.judgeWebEid(token, nonce) : null;
  }

  const judged = (purpose: CardPurpose, proof: CardProof) =>
    proof.kind === "ticket" ? byTicket(purpose, proof.ticket) : byWebEid(purpose, proof.nonce, proof.token);

  function find(holder: CardHolder): Promise<RegisteredPerson | null> {
    if (holder.kind === "national") return registry.findByCivilId(holder.civilId);
    const { documentKind: kind, country, number } = holder;
    return registry.findByDocument({ kind, country, number });
  }

  return {
    async ask({ session, act, subject }, returnTo) {
      const [doorToken, nonce] = [random.token(), random.bytes(32).toString("base64")];
      const expiresAt = new Date(clock.now().getTime() + figures.questionLives);
      const hashes = { sessionHash: fingerprint(session), doorHash: fingerprint(doorToken), nonceHash: fingerprint(nonce) };
      await store.replaceQuestion(db, { id: random.uuid(), act, subject, returnTo, expiresAt, ...hashes }, clock.now());
      return { doorToken, nonce, expiresAt };
    },

    async present(doorToken, certificate) {
      const taken = await store.takeAtDoor(db, fingerprint(doorToken), clock.now());
      if (!taken) return { ...refused("card.gone"), returnTo: await store.askedFrom(db, fingerprint(doorToken)) };
      const { id, returnTo } = taken;
      const verdict = JSON.stringify(await authority.judgeCertificate(certificate));
      const ticket = random.token();
      const result = await secrets.seal("personal", verdict, contextOf(id));
      const saved = await store.saveResult(db, id, fingerprint(ticket), result);
      return saved ? { ...done, returnTo, ticket } : { ...refused("card.gone"), returnTo };
    },

    async identifyByCard(purpose, proof) {
      const verdict = await judged(purpose, proof);
      if (!verdict) return refused("card.gone");
      if (!verdict.ok) return refused(verdict.refusal);
      const { card } = verdict;
      const found = await reached(find(card.holder));
      if (!found) return refused("registry.unavailable");
      const { answer: person } = found;
      if (!person) return refused("person.unknown");
      const refusal = judgeHolder({ person, card, now: clock.now() });
      return refusal ? refused(refusal) : { ...done, person, card };
    },

    purge: () => untilShort((limit) => store.purgeQuestions(db, clock.now(), limit)),
  };
}

type Bound = Pick<store.NewQuestion, "sessionHash" | "subject"> & { readonly act: string };

function isFor({ sessionHash, act, subject }: Bound, purpose: CardPurpose): boolean {
  return same(sessionHash, fingerprint(purpose.session)) && act === purpose.act && subject === purpose.subject;
}
