/** The civil registry over HTTPS: asked with a client credential, with patience that ends, and believed only when well formed. */
import { setTimeout as sleep } from "node:timers/promises";
import type { CivilRegistry, ForeignDocument, RegisteredPerson } from "#core/citizens";
import { Unavailable } from "#platform/faults";
import type { Log } from "#platform/log";
import type { Clock, Random } from "#platform/world";
import { AnswerTooLarge, createBoundedFetch } from "../bounded-fetch.ts";
import { admit, afterAnswer, afterFailure, closedCircuit, type CircuitRules } from "./circuit.ts";
import { readPerson } from "./registered-person.ts";
import { seconds } from "#platform/duration";
import type { Duration } from "#platform/duration";

export interface CivilRegistryNeeds {
  /** Base address of the registry's service, without a slash at the end. */
  readonly url: string;
  /** Bearer credential the registry gave us. */
  readonly credential: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly patience?: Partial<Patience>;
}

export interface Patience extends CircuitRules {
  readonly timeout: Duration;
  readonly retries: number;
  /** The wait before the first retry is drawn from [half of it, all of it); it doubles for the next. */
  readonly pause: number;
}

const PATIENCE: Patience = { timeout: seconds(3), retries: 2, pause: seconds(0.2), threshold: 5, rest: seconds(10) };
const LARGEST_ANSWER = 16 * 1024;

/** The registry could not be asked, or gave no answer that can be believed. Never holds personal data. */
export class CivilRegistryFault extends Unavailable {
  constructor(reason: string) {
    super(`the civil registry (${reason})`);
    this.name = "CivilRegistryFault";
  }
}

export function createCivilRegistry(needs: CivilRegistryNeeds): CivilRegistry {
  const patience = { ...PATIENCE, ...needs.patience };
  const ask = createPatientCaller(needs, patience);

  /** Somebody else's record would become this person's key: `isAsked` must know the one that comes back. */
  async function find(search: object, isAsked: (person: RegisteredPerson) => boolean): Promise<RegisteredPerson | null> {
    const answer = await ask("/persons/search", search);
    const body: unknown = await answer.json().catch(() => null);
    if (answer.status === 404 && saysNobody(body)) return null;
    if (answer.status !== 200) throw new CivilRegistryFault(`status ${answer.status}`);
    const person = readPerson(body);
    if (!person || !isAsked(person)) throw new CivilRegistryFault("malformed answer");
    return person;
  }

  return {
    findByTaxNumber: (taxNumber) => find({ taxNumber }, (person) => person.taxNumber === taxNumber),
    findByCivilId: (civilId) => find({ civilId }, (person) => person.civilId === civilId),
    // The registry alone knows which documents a foreigner has had; what must fit is that it is a foreigner's.
    findByDocument: (document: ForeignDocument) => find({ document }, (person) => person.nationality !== "PT"),
  };
}

/** A 404 from a mistaken address must not read as "no such person". */
function saysNobody(body: unknown): boolean {
  return typeof body === "object" && body !== null && "error" in body && body.error === "person_not_found";
}

type Ask = (path: string, body: object) => Promise<Response>;

/**
 * Retries what may pass (the network, 5xx), never what was answered (4xx). Every try counts for the circuit; a malformed
 * answer does not, or one bad record would close the registry to everybody.
 */
function createPatientCaller({ url, credential, clock, random, log }: CivilRegistryNeeds, patience: Patience): Ask {
  const boundedFetch = createBoundedFetch(LARGEST_ANSWER);
  let circuit = closedCircuit;

  async function attempt(path: string, body: object): Promise<Response> {
    const gate = admit(circuit, clock.now().getTime(), patience);
    if (!gate.admitted) throw new CivilRegistryFault("resting: it failed too often");
    circuit = gate.circuit;
    try {
      const answer = await boundedFetch(url + path, request(credential, body, patience.timeout));
      if (answer.status >= 500) throw new Error(`status ${answer.status}`);
      circuit = afterAnswer();
      return answer;
    } catch (cause) {
      circuit = cause instanceof AnswerTooLarge ? afterAnswer() : afterFailure(circuit, clock.now().getTime(), patience);
      throw cause;
    }
  }

  return async function ask(path, body) {
    for (let tried = 0; ; tried += 1) {
      try {
        return await attempt(path, body);
      } catch (cause) {
        log.warn({ gateway: "civil-registry", tried: tried + 1, reason: reasonOf(cause) }, "the civil registry did not answer");
        if (cause instanceof CivilRegistryFault) throw cause;
        if (cause instanceof AnswerTooLarge || tried >= patience.retries) throw new CivilRegistryFault(reasonOf(cause));
        await sleep(pauseBefore(tried, patience.pause, random));
      }
    }
  };
}

function request(credential: string, body: object, timeout: number): RequestInit {
  return {
    method: "POST",
    headers: { authorization: `Bearer ${credential}`, "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeout),
  };
}

/** Half the pause and a random half: many processes that failed together must not come back together. */
function pauseBefore(tried: number, pause: number, random: Random): number {
  const whole = pause * 2 ** tried;
  return whole / 2 + (random.bytes(2).readUInt16BE() / 65_536) * (whole / 2);
}

/** A name or a code, never a message: undici's and zod's quote what they met. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "unknown";
  if (cause.message.startsWith("status ")) return cause.message;
  const inner = cause.cause;
  const code = typeof inner === "object" && inner !== null && "code" in inner ? inner.code : undefined;
  return typeof code === "string" ? code : cause.name;
}
