/** The PIN letter: queued with the key, printed once, followed until it is used, returned or too old. */
import type { Activity } from "#core/activity";
import { maskedPhone } from "#core/messages";
import type { Messages, PostalCarrier, PostalEvent, PrintBatch } from "#core/messages";
import type { MobileKeys } from "#core/mobile-keys";
import type { Floor } from "#platform/floor";
import { afterWorkingDays } from "#platform/working-days";
import type { LetterView } from "../../contract.ts";
import * as store from "./store.ts";
import type { ToPrint } from "./store.ts";
import { hours, minutes } from "#platform/duration";

export const figures = {
  pinDigits: 8,
  /** Days from the request until the temporary PIN is void. */
  pinLives: 30,
  /** Working days within which the letter arrives. */
  delivery: 5,
  batch: 200,
} as const;

const day = 24 * 3600 * 1000;

export interface LetterRequest {
  readonly keyId: string;
  readonly citizenId: string;
  readonly civilId: string;
  readonly name: string;
  readonly addressLines: readonly string[];
  readonly phone: string;
  readonly temporaryPin: string;
}

interface Contents {
  readonly civilId: string;
  readonly name: string;
  readonly addressLines: readonly string[];
  readonly temporaryPin: string;
}

export interface LetterNeeds {
  readonly floor: Floor;
  readonly keys: MobileKeys;
  readonly messages: Messages;
  readonly activity: Activity;
  readonly post: PostalCarrier;
}

export function createLetters({ floor, keys, messages, activity, post }: LetterNeeds) {
  const { db, clock, random, secrets, jobs } = floor;
  const contextOf = (reference: string) => `letter ${reference}`;

  async function opened({ reference, contents, maskedPhone: phone, requestedAt, expiresAt }: ToPrint) {
    const { civilId, name, addressLines, temporaryPin } = JSON.parse(
      await secrets.open("personal", contents, contextOf(reference)),
    ) as Contents;
    return { reference, civilId, name, addressLines, temporaryPin, maskedPhone: phone, requestedAt, expiresAt };
  }

  async function batches(): Promise<PrintBatch[]> {
    const byBatch = Map.groupBy(await store.lettersPrinting(db), ({ batch }) => batch);
    return Promise.all(
      [...byBatch].map(async ([reference, letters]) => ({ reference, letters: await Promise.all(letters.map(opened)) })),
    );
  }

  async function print(): Promise<void> {
    await store.assignBatch(db, `B-${random.token()}`, clock.now(), figures.batch);
    for (const batch of await batches()) {
      await post.hand(batch);
      await store.markPrinted(db, batch.reference, clock.now());
    }
  }

  async function hear({ letter, event }: PostalEvent): Promise<void> {
    const changed = await store.changeLetter(db, letter, event, clock.now());
    const key = changed && (await keys.load(changed.keyId));
    if (key?.state !== "pending-letter") return;
    if (event === "delivered") return messages.tell(key, (words) => words.letterDelivered(letter), `delivered ${letter}`);
    await keys.endPending(key.id, "letter-returned");
    await activity.record({ kind: "letter.returned", citizenId: key.citizenId, detail: { letter } });
    await messages.tell(key, (words) => words.letterReturned(letter), `returned ${letter}`);
  }

  async function readNews(): Promise<void> {
    const before = await db.transaction(() => store.loadCursor(db));
    const { events, cursor } = await post.news(before);
    if (cursor === before) return;
    await db.transaction(async () => {
      if ((await store.loadCursor(db)) !== before) return;
      for (const event of events) await hear(event);
      await store.saveCursor(db, cursor);
    });
  }

  async function endOne(keyId: string): Promise<void> {
    await db.transaction(async () => {
      const key = await keys.load(keyId);
      if (!key || !(await keys.endPending(keyId, "temporary-pin-spent"))) return;
      const reference = await store.letterOfKey(db, keyId);
      if (reference === null) return;
      await store.changeLetter(db, reference, "expired", clock.now());
      await activity.record({ kind: "letter.expired", citizenId: key.citizenId, detail: { letter: reference } });
      await messages.tell(key, (words) => words.letterExpired(reference), `expired ${reference}`);
    });
  }

  return {
    /** A temporary PIN from the CSPRNG. */
    drawPin: () => random.digits(figures.pinDigits),
    pinExpiry: () => new Date(clock.now().getTime() + figures.pinLives * day),

    /** Joins the caller's transaction, in which the key is made. */
    async queue(request: LetterRequest): Promise<string> {
      const reference = drawReference(random.bytes(8));
      const { civilId, name, addressLines, temporaryPin, keyId, citizenId, phone } = request;
      const contents: Contents = { civilId, name, addressLines, temporaryPin };
      await store.insertLetter(db, {
        reference,
        keyId,
        citizenId,
        contents: await secrets.seal("personal", JSON.stringify(contents), contextOf(reference)),
        maskedPhone: maskedPhone(phone),
        requestedAt: clock.now(),
        dueBy: afterWorkingDays(clock.now(), figures.delivery),
        expiresAt: new Date(clock.now().getTime() + figures.pinLives * day),
      });
      await jobs.enqueue({ kind: "print-letters", payload: {}, key: reference, priority: 1 });
      return reference;
    },

    /** The key's letter, if it has one, is worth nothing from now on. Joins the caller's transaction. */
    async voidOf(keyId: string): Promise<void> {
      const reference = await store.letterOfKey(db, keyId);
      if (reference !== null) await store.changeLetter(db, reference, "cancelled", clock.now());
    },

    async view(reference: string): Promise<LetterView | null> {
      const letter = await store.loadLetter(db, reference);
      if (!letter) return null;
      const { keyId, ...view } = letter;
      const key = await keys.load(keyId);
      return key?.state === "active" ? { ...view, state: "used" } : view;
    },

    earlier: (citizenId: string) => store.earlierLetters(db, citizenId, new Date(clock.now().getTime() - 365 * day)),

    /** Ends keys whose temporary PIN is too old or has been tried too often, so that the person can begin anew. */
    async endSpent(): Promise<void> {
      for (const keyId of await keys.spentTemporary()) await endOne(keyId);
    },
    endOne,

    jobKinds: {
      // Each letter asks for its printing; every hour besides, for those whose asking ran out of tries while the post office was away.
      "print-letters": { handle: print, attempts: 20, every: hours(1) },
      "postal-news": { handle: readNews, every: minutes(1), attempts: 3 },
    },
  };
}

/** "CH-7KQ2-M9XD": Crockford's letters, which nobody misreads aloud. */
function drawReference(bytes: Buffer): string {
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const letters = [...bytes].map((byte) => alphabet[byte & 31]).join("");
  return `CH-${letters.slice(0, 4)}-${letters.slice(4)}`;
}
