/** Our dealings with the post office: letters are handed to it in batches, and its news of them read. */
import type { PostalEvent, PrintBatch } from "#core/messages";
import type { ChannelNeeds } from "../channel.ts";
import { openLetter } from "./letters.ts";
import * as store from "./store.ts";

/** Letters a batch, at most. */
const mostInBatch = 200;

/**
 * 1. What is queued gets its batch, committed before the printer hears of it: intent before act.
 * 2. Each batch that is not known to be taken is handed over, those of an earlier try too; the post office takes one of a name once.
 * 3. What was handed over is printed, and its contents wiped.
 */
export async function print(needs: ChannelNeeds): Promise<void> {
  const { post, floor } = needs;
  const { db, clock, random } = floor;
  await store.assignBatch(db, `B-${random.token()}`, clock.now(), mostInBatch);
  for (const batch of await unprintedBatches(needs)) {
    await post.hand(batch);
    await store.markPrinted(db, batch.reference, clock.now());
  }
}

async function unprintedBatches(needs: ChannelNeeds): Promise<PrintBatch[]> {
  const byBatch = Map.groupBy(await store.lettersPrinting(needs.floor.db), ({ batch }) => batch);
  return Promise.all(
    [...byBatch].map(async ([reference, letters]) => ({
      reference,
      letters: await Promise.all(letters.map((letter) => openLetter(needs, letter))),
    })),
  );
}

/** Reads the news after the cursor, outside of any transaction; another process may have read them meanwhile. */
export async function readNews(needs: ChannelNeeds): Promise<void> {
  const { db } = needs.floor;
  const before = await db.transaction(() => store.loadCursor(db));
  const { events, cursor } = await needs.post.news(before);
  if (cursor === before) return;
  await db.transaction(async () => {
    if ((await store.loadCursor(db)) !== before) return;
    for (const event of events) await hear(needs, event);
    await store.saveCursor(db, cursor);
  });
}

async function hear({ floor, keys, messages, activity }: ChannelNeeds, { letter, event }: PostalEvent): Promise<void> {
  const changed = await store.changeLetter(floor.db, letter, event, floor.clock.now());
  const key = changed && (await keys.load(changed.keyId));
  if (key?.state !== "pending-letter") return;
  if (event === "delivered") return messages.tell(key, (words) => words.letterDelivered(letter), `delivered ${letter}`);
  await keys.endPending(key.id, "letter-returned");
  await activity.record({ kind: "letter.returned", citizenId: key.citizenId, detail: { letter } });
  await messages.tell(key, (words) => words.letterReturned(letter), `returned ${letter}`);
}
