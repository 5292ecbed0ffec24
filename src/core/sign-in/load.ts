/** Where a sign-in is found: the one place that knows of its row, its slip and what this process remembers of it. */
import type { Visitor } from "#core/vocabulary";
import type { Portal } from "#core/portals";
import { fingerprint } from "#platform/fingerprint";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import type { Gone, OutOfStep, SignInStep } from "./contract.ts";
import type { Needs } from "./needs.ts";
import type { RecentSignIn } from "./recent-sign-ins.ts";
import * as store from "./store.ts";
import type { LoadedRequest } from "./store.ts";

/**
 * - *just-written*: what this process wrote for that browser seconds ago, at the step whose page is asked for. To be shown only.
 * - *proven*: what this process wrote when somebody was proven. For a statement that itself holds only if all is as it was.
 * - *slip*: what the browser carries. Who still has it has most likely proven nothing; when they have, what writes will find out.
 * - *row*: what is kept, and the truth.
 */
export type Source = "just-written" | "proven" | "slip" | "row";

type Answers<Asks extends readonly Promise<unknown>[]> = { -readonly [Place in keyof Asks]: Awaited<Asks[Place]> };

/**
 * What else is asked about whose sign-in it is: together with the row where this process remembers who that is, after it where not.
 * Not inside a transaction: what it counts must stand whatever becomes of the rest.
 */
export interface Beside<Asks extends readonly Promise<unknown>[]> {
  /** One statement each, without waiting. */
  readonly ask: (whose: RecentSignIn) => readonly [...Asks];
  /** Asked at this step alone, when it is said. */
  readonly step?: SignInStep;
  /** Takes back what was asked about a sign-in that turned out to be another's, or to stand elsewhere. */
  readonly undo?: (answers: Answers<Asks>, whose: RecentSignIn) => Promise<void>;
}

export interface Look<Asks extends readonly Promise<unknown>[]> {
  /** In this order: the first that has the sign-in is believed. */
  readonly in: readonly Source[];
  /** Where the sign-in is thought to be. */
  readonly step?: SignInStep | undefined;
  readonly beside?: Beside<Asks>;
}

export interface Loaded<Asks extends readonly Promise<unknown>[] = readonly []> {
  readonly request: LoadedRequest;
  readonly portal: Portal;
  readonly source: Source;
  /** Null where it was not asked, or does not hold. */
  readonly beside: Answers<Asks> | null;
}

/** The sign-in of this browser. A portal disabled meanwhile ends its sign-ins at once. */
export async function load<Asks extends readonly Promise<unknown>[] = readonly []>(
  needs: Needs,
  id: string,
  visitor: Visitor,
  look: Look<Asks>,
): Promise<Outcome<Loaded<Asks>, Gone>> {
  for (const source of look.in) {
    const { request, beside } = await lookIn(needs, source, id, visitor, look);
    if (!request) continue;
    const portal = await needs.portals.find(request.portalId);
    if (portal) return { ...done, request, portal, source, beside };
    const whose = whoseIs(request);
    if (beside && whose) await look.beside?.undo?.(beside, whose);
    return refused("sign-in.gone");
  }
  return refused("sign-in.gone");
}

/** As `load`, when it stands at that step. */
export async function loadAt<Asks extends readonly Promise<unknown>[] = readonly []>(
  needs: Needs,
  id: string,
  visitor: Visitor,
  look: Look<Asks> & { readonly step: SignInStep },
): Promise<Outcome<Loaded<Asks>, Gone | OutOfStep>> {
  const found = await load(needs, id, visitor, look);
  return !found.ok || found.request.step === look.step ? found : refused("sign-in.out-of-step");
}

interface Found<Asks extends readonly Promise<unknown>[]> {
  readonly request: LoadedRequest | null;
  readonly beside: Answers<Asks> | null;
}

async function lookIn<Asks extends readonly Promise<unknown>[]>(
  needs: Needs,
  source: Source,
  id: string,
  visitor: Visitor,
  { step, beside }: Look<Asks>,
): Promise<Found<Asks>> {
  const { recent } = needs;
  switch (source) {
    case "just-written":
      return { request: recent.written(id, visitor.session, step), beside: null };
    case "proven":
      return { request: recent.proven(id, visitor.session), beside: null };
    case "slip":
      return { request: await ofSlip(needs, id, visitor), beside: null };
    case "row":
      return beside ? rowBeside(needs, id, visitor, beside) : { request: await ofRow(needs, id, visitor), beside: null };
  }
}

async function ofSlip({ slips }: Needs, id: string, { session, slip }: Visitor): Promise<LoadedRequest | null> {
  const request = slip ? await slips.read(id, session, slip) : null;
  return request && { ...request, signedInAs: null };
}

async function ofRow({ floor, sessions }: Needs, id: string, visitor: Visitor): Promise<LoadedRequest | null> {
  const claim = sessions.claimOf(visitor);
  return store.loadRequest(floor.db, id, fingerprint(visitor.session), claim, floor.clock.now());
}

const whoseIs = ({ keyId, citizenId }: LoadedRequest): RecentSignIn | null =>
  keyId === null || citizenId === null ? null : { keyId, citizenId };

async function rowBeside<Asks extends readonly Promise<unknown>[]>(
  needs: Needs,
  id: string,
  visitor: Visitor,
  beside: Beside<Asks>,
): Promise<Found<Asks>> {
  const remembered = needs.recent.of(id);
  const met = remembered && (await rowAndBeside(needs, () => ofRow(needs, id, visitor), beside, remembered));
  if (met?.beside) return met;
  if (met) needs.recent.forget(id);
  const request = met ? met.request : await ofRow(needs, id, visitor);
  const whose = request && isAt(request, beside.step) ? whoseIs(request) : null;
  if (!whose) return { request, beside: null };
  const answers = await needs.floor.db.atOnce(() => beside.ask(whose));
  return { request, beside: answers };
}

/** In one exchange; without what was asked beside it when that was about somebody else. */
async function rowAndBeside<Asks extends readonly Promise<unknown>[]>(
  { floor }: Needs,
  askRow: () => Promise<LoadedRequest | null>,
  beside: Beside<Asks>,
  whose: RecentSignIn,
): Promise<Found<Asks>> {
  const met = await floor.db.atOnce(() => [askRow(), ...beside.ask(whose)]);
  if (met === null) throw new Error("there was nothing to be met");
  const [request, ...rest] = met;
  const answers = rest as Answers<Asks>; // `as`: they stand in the places of what was asked, after the row.
  if (request?.keyId === whose.keyId && isAt(request, beside.step)) return { request, beside: answers };
  await beside.undo?.(answers, whose);
  return { request, beside: null };
}

const isAt = ({ step }: LoadedRequest, wanted: SignInStep | undefined) => wanted === undefined || step === wanted;
