/** The last step: the right code makes the key, and everything that belongs to it, or nothing (docs/law.md#phone-possession). */
import { validUntil } from "#core/mobile-keys";
import { done, refused } from "#platform/outcome";
import type { ApplicantFile, Prepared } from "./channels/channel.ts";
import { channelNamed } from "./channels/channels.ts";
import type { ChannelRefusal } from "./channels/channels.ts";
import type { Applicant } from "./common.ts";
import type { Activation, ActivationRefusal } from "./contract.ts";
import type { Needs } from "./needs.ts";
import * as store from "./store.ts";
import { after, at, end, figures } from "./under-way.ts";
import type { Standing } from "./under-way.ts";

type Answer = ReturnType<Activation["confirm"]>;

/** What a code is bound to: this very activation. */
export const subjectOf = (id: string) => `activation ${id}`;

/** A refusal met when something was done already: thrown, so that all of it is undone, and answered outside. */
class Undone extends Error {
  override readonly name = "Undone";
  readonly refusal: ActivationRefusal;
  constructor(refusal: ActivationRefusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

/** Counts the try, then judges it (docs/decisions/counting.md). One wrong code ends the activation. */
export async function confirm(needs: Needs, applicant: Applicant, digits: string): Answer {
  const { floor, codes } = needs;
  const found = await at(floor, "code", applicant);
  if (!found.ok) return found;
  const { row } = found;
  // One that the version before this had sent: its hash lies elsewhere.
  if (!row.code) return end(floor, row.id, "code.expired");
  const counted = await store.countTry(floor.db, row.id);
  // Pressed often at once: a wrong code ends it by itself, so what used up the tries was right, and is at its work.
  if (!counted) return refused("activation.out-of-step");
  const compared = await codes.compare(subjectOf(row.id), counted, digits);
  return compared.ok ? complete(needs, applicant, found) : end(floor, row.id, compared.refusal);
}

/** What takes long is done before the transaction. */
async function complete(needs: Needs, applicant: Applicant, { row, file }: Standing): Answer {
  const { floor, channels } = needs;
  const { contact, person } = file;
  const prepared = contact && person.document && (await channelNamed(channels, row.channel).channel.prepare(file));
  if (!prepared) return end(floor, row.id, "activation.gone");
  const ready = { row, file: { ...file, contact }, prepared };
  try {
    const isDone = await floor.db.transaction(() => make(needs, applicant, ready));
    return isDone ? done : refused("activation.out-of-step");
  } catch (fault) {
    if (fault instanceof Undone) return end(floor, row.id, fault.refusal);
    throw fault;
  }
}

interface ReadyToMake extends Standing {
  readonly file: ApplicantFile & { readonly contact: NonNullable<ApplicantFile["contact"]> };
  readonly prepared: Prepared<ChannelRefusal>;
}

/**
 * In one transaction, in this order:
 *
 * 1. The activation is locked where it stands: of parallel right codes one goes on. False for the others.
 * 2. The person is judged anew: several browsers may have been found eligible before one of them was the first to get a key.
 * 3. Room is made, for the new key would stumble over the old one.
 * 4. The key is made, and this browser known with it; then what refers to it: its letter, messages, history.
 * 5. The activation is done, and what was typed wiped.
 */
async function make(needs: Needs, { browser, language }: Applicant, { row, file, prepared }: ReadyToMake): Promise<boolean> {
  const { floor, people, keys, channels } = needs;
  const { name, channel } = channelNamed(channels, row.channel);
  if (!(await store.hold(floor.db, row.id, "code"))) return false;
  const refusal = await channel.judge(file.person);
  if (refusal) throw new Undone(refusal);
  const { id: citizenId } = await people.citizens.remember(file.person);
  await makeRoom(needs, citizenId, prepared);
  const contact = { ...file.contact, language };
  const ends = validUntil(file.person.document ?? { kind: "", expires: "" }, floor.clock.now());
  const { key, pin } = prepared;
  const made = await keys.create({ ...key, citizenId, channel: name, ...contact, validUntil: ends }, pin);
  if (!made) throw new Undone((await keys.living(citizenId)) ? "key.exists" : "phone.taken");
  await keys.recordBrowser(key.id, browser);
  const letterReference = await prepared.conclude({ keyId: key.id, citizenId, file, contact });
  const expiresAt = after(floor, figures.doneLives);
  await store.move(floor.db, row.id, { from: "code", to: "done", applicant: null, letterReference, expiresAt });
  return true;
}

/** The key that is replaced may have come to be in another channel, which then has something to forget. */
async function makeRoom({ channels }: Needs, citizenId: string, { clear }: Prepared<ChannelRefusal>): Promise<void> {
  const cleared = await clear(citizenId);
  if (!cleared.ok) throw new Undone(cleared.refusal);
  const { replaced } = cleared;
  if (replaced) for (const channel of Object.values(channels)) await channel.forgetKey(replaced.id);
}
