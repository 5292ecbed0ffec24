/** The PIN letter as its owner knows it: asked for with the key, followed until it is used, returned or too old. */
import { maskedPhone } from "#core/messages";
import type { PinLetter } from "#core/messages";
import { afterWorkingDays } from "#platform/working-days";
import type { ChannelNeeds } from "../channel.ts";
import type { LetterView } from "./contract.ts";
import type { EarlierLetter } from "./eligibility.ts";
import * as store from "./store.ts";
import type { ToPrint } from "./store.ts";

export const figures = {
  pinDigits: 8,
  /** docs/law.md#temporary-pin: days from the request until the temporary PIN is void. */
  pinLives: 30,
  /** docs/law.md#letter-delivery: working days within which the letter arrives. */
  delivery: 5,
} as const;

const day = 24 * 3600 * 1000;

type Contents = Pick<PinLetter, "civilId" | "name" | "addressLines" | "temporaryPin">;

export interface LetterRequest extends Contents {
  readonly keyId: string;
  readonly citizenId: string;
  readonly phone: string;
}

const contextOf = (reference: string) => `letter ${reference}`;

/** A temporary PIN from the CSPRNG, and until when it may be used. */
export function drawPin({ floor: { random, clock } }: ChannelNeeds): { temporaryPin: string; expiresAt: Date } {
  return {
    temporaryPin: random.digits(figures.pinDigits),
    expiresAt: new Date(clock.now().getTime() + figures.pinLives * day),
  };
}

/** Joins the caller's transaction, in which the key is made; the letter's reference. */
export async function queueLetter(
  { floor }: ChannelNeeds,
  { keyId, citizenId, phone, ...contents }: LetterRequest,
): Promise<string> {
  const { db, clock, random, secrets, jobs } = floor;
  const reference = drawReference(random.bytes(8));
  const requestedAt = clock.now();
  await store.insertLetter(db, {
    reference,
    keyId,
    citizenId,
    contents: await secrets.seal("personal", JSON.stringify(contents), contextOf(reference)),
    maskedPhone: maskedPhone(phone),
    requestedAt,
    dueBy: afterWorkingDays(requestedAt, figures.delivery),
    expiresAt: new Date(requestedAt.getTime() + figures.pinLives * day),
  });
  await jobs.enqueue({ kind: "print-letters", payload: {}, key: reference, priority: 1 });
  return reference;
}

/** What was sealed when it was asked for, for the printer alone. `as`: sealed, so it is what `queueLetter` wrote. */
export async function openLetter({ floor }: ChannelNeeds, letter: ToPrint): Promise<PinLetter> {
  const { reference, contents, maskedPhone, requestedAt, expiresAt } = letter;
  const opened = JSON.parse(await floor.secrets.open("personal", contents, contextOf(reference))) as Contents;
  return { ...opened, reference, maskedPhone, requestedAt, expiresAt };
}

export async function viewLetter({ floor: { db }, keys }: ChannelNeeds, reference: string): Promise<LetterView | null> {
  const letter = await store.loadLetter(db, reference);
  if (!letter) return null;
  const { keyId, ...view } = letter;
  const key = await keys.load(keyId);
  return key?.state === "active" ? { ...view, state: "used" } : view;
}

/** Those of the last 365 days, newest first. */
export function earlierLetters({ floor: { db, clock } }: ChannelNeeds, citizenId: string): Promise<EarlierLetter[]> {
  return store.earlierLetters(db, citizenId, new Date(clock.now().getTime() - 365 * day));
}

/** The key's letter, if it has one, is worth nothing from now on. Joins the caller's transaction. */
export async function voidLetterOf({ floor: { db, clock } }: ChannelNeeds, keyId: string): Promise<void> {
  const reference = await store.letterOfKey(db, keyId);
  if (reference !== null) await store.changeLetter(db, reference, "cancelled", clock.now());
}

/** Ends keys whose temporary PIN is too old or has been tried too often, so that the person can begin anew. */
export async function endSpent(needs: ChannelNeeds): Promise<void> {
  for (const keyId of await needs.keys.spentTemporary()) await needs.floor.db.transaction(() => endOne(needs, keyId));
}

async function endOne({ floor: { db, clock }, keys, activity, messages }: ChannelNeeds, keyId: string): Promise<void> {
  const key = await keys.load(keyId);
  if (!key || !(await keys.endPending(keyId, "temporary-pin-spent"))) return;
  const reference = await store.letterOfKey(db, keyId);
  if (reference === null) return;
  await store.changeLetter(db, reference, "expired", clock.now());
  await activity.record({ kind: "letter.expired", citizenId: key.citizenId, detail: { letter: reference } });
  await messages.tell(key, (words) => words.letterExpired(reference), `expired ${reference}`);
}

/** "CH-7KQ2-M9XD": Crockford's letters, which nobody misreads aloud. */
function drawReference(bytes: Buffer): string {
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const letters = [...bytes].map((byte) => alphabet[byte & 31]).join("");
  return `CH-${letters.slice(0, 4)}-${letters.slice(4)}`;
}
