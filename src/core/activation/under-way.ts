/** An activation under way: found again by its browser, moved from step to step, ended. Common steps and channels alike stand on this. */
import { mustBeMove } from "#core/vocabulary";
import type { RegisteredPerson } from "#core/citizens";
import { fingerprint } from "#platform/fingerprint";
import type { Floor } from "#platform/floor";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import type { ApplicantFile } from "./channels/channel.ts";
import type { Applicant, Step } from "./common.ts";
import { moves } from "./moves.ts";
import * as store from "./store.ts";
import type { ActivationRow } from "./store.ts";
import { hours, later, minutes } from "#platform/duration";
import type { Duration } from "#platform/duration";

export type Ground = Pick<Floor, "db" | "clock" | "random" | "secrets">;

export const figures = {
  /** docs/law.md#error-ends: from the first click to the code. */
  lives: minutes(30),
  /** The page "letter on its way" can be looked at again this long. */
  doneLives: hours(24),
} as const;

export function after({ clock }: Ground, duration: Duration): Date {
  return later(clock.now(), duration);
}

/** What an activation is told apart by, where a hash or a seal is bound to it. */
const contextOf = (id: string, what: string) => `activation ${id} ${what}`;

/** Begins one in that channel, ending any other in this browser. `memory`: a secret that the channel wants back when the browser returns. */
export async function begin(ground: Ground, channel: string, { session }: Applicant, memory: string): Promise<void> {
  const { db, clock, random, secrets } = ground;
  const id = random.uuid();
  const sealed = await secrets.seal("personal", JSON.stringify(memory), contextOf(id, "memory"));
  const begun = { id, channel, memory: sealed, expiresAt: after(ground, figures.lives) };
  await store.replaceActivation(db, begun, fingerprint(session), clock.now());
}

/** The activation of this browser, at whatever step. */
export function load({ db, clock }: Ground, { session }: Applicant): Promise<ActivationRow | null> {
  return store.loadActivation(db, fingerprint(session), clock.now());
}

/** What was remembered when it began, and which activation it is; once: a second return of the browser finds nothing. */
export async function takeMemory(
  { db, clock, secrets }: Ground,
  channel: string,
  { session }: Applicant,
): Promise<{ id: string; memory: string } | null> {
  const taken = await store.takeMemory(db, channel, fingerprint(session), clock.now());
  if (!taken) return null;
  const memory = await secrets.open("personal", taken.memory, contextOf(taken.id, "memory"));
  return { id: taken.id, memory: JSON.parse(memory) as string }; // Sealed, so it is what `begin` wrote.
}

/** Why nothing could be taken. */
export async function whyNotTaken(ground: Ground, applicant: Applicant) {
  return refused((await load(ground, applicant)) ? "activation.out-of-step" : "activation.gone");
}

/** What was learned and typed so far; null before anything was, and once it is over. */
export async function fileOf({ secrets }: Ground, { id, applicant }: ActivationRow): Promise<ApplicantFile | null> {
  // `as`: sealed, so it is what `sealFile` wrote.
  return applicant && (JSON.parse(await secrets.open("personal", applicant, contextOf(id, "applicant"))) as ApplicantFile);
}

export function sealFile({ secrets }: Ground, id: string, file: ApplicantFile): Promise<Buffer> {
  return secrets.seal("personal", JSON.stringify(file), contextOf(id, "applicant"));
}

export interface Standing {
  readonly row: ActivationRow;
  readonly file: ApplicantFile;
}

/** The activation at that step in this browser, with what was learned so far. */
export async function at(
  ground: Ground,
  step: Step,
  applicant: Applicant,
): Promise<Outcome<Standing, "activation.gone" | "activation.out-of-step">> {
  const row = await load(ground, applicant);
  const { activation: expected = row?.id } = applicant;
  if (!row || expected !== row.id) return refused("activation.gone");
  if (row.step !== step) return refused("activation.out-of-step");
  const file = await fileOf(ground, row);
  return file ? { ...done, row, file } : refused("activation.gone");
}

/** On to that step, with the file as it is now. Refused when another request moved it first. */
export async function moveTo(
  ground: Ground,
  step: Step,
  { id, step: from }: Pick<ActivationRow, "id" | "step">,
  file: ApplicantFile,
): Promise<Outcome<object, "activation.out-of-step">> {
  mustBeMove(moves, from, step);
  const applicant = await sealFile(ground, id, file);
  const to = { from, to: step, letterReference: null, expiresAt: after(ground, figures.lives), applicant };
  return (await store.move(ground.db, id, to)) ? done : refused("activation.out-of-step");
}

/** The channel has learned who the person is: on to the step that comes next in it. */
export async function identifiedAs(
  ground: Ground,
  id: string,
  person: RegisteredPerson,
  next: "consent" | "contact",
): Promise<Outcome<object, "activation.gone">> {
  const file: ApplicantFile = { person, contact: null, consentAt: null, replaces: null, choice: null };
  const moved = await moveTo(ground, next, { id, step: "identify" }, file);
  return moved.ok ? done : refused("activation.gone");
}

/** Any error ends it: what was typed is wiped and only a new start is offered (docs/law.md#error-ends). */
export async function end<Refusal extends string>({ db, clock }: Ground, id: string, refusal: Refusal) {
  await store.endActivation(db, id, refusal, clock.now());
  return refused(refusal);
}
