import type { Visitor } from "#core/vocabulary";
import type { Activity } from "#core/activity";
import type { Citizens } from "#core/citizens";
import { maskedPhone } from "#core/messages";
import type { Messages } from "#core/messages";
import { sealablePin, unsealedPin } from "#core/mobile-keys";
import type { MobileKeys, OwnedKey, SealedPin } from "#core/mobile-keys";
import type { IssuedCodes } from "#core/one-time-codes";
import type { Sessions, SignedIn } from "#core/sessions";
import { untilShort } from "#platform/batches";
import type { Floor } from "#platform/floor";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import type { CardWanted, KeyObstacle, Unblocker, Unblocking, UnblockingRefusal } from "./contract.ts";
import { figures, hasShownCard, judgeCondition } from "./rules.ts";
import * as store from "./store.ts";
import type { UnblockingRow } from "./store.ts";

export interface UnblockingNeeds {
  readonly floor: Floor;
  readonly sessions: Pick<Sessions, "whoIsHere" | "endProvenWith">;
  readonly people: { readonly citizens: Citizens; readonly keys: MobileKeys };
  readonly codes: IssuedCodes;
  readonly messages: Messages;
  readonly activity: Activity;
}

/** A new PIN that waits for its code. */
interface Choice {
  readonly pin: SealedPin;
  /** Told only after the code: told at once, it would let whoever holds the card alone find out the PIN by trying. */
  readonly isTheOldOne: boolean;
}

/** Thrown when something was done already, so that all of it is undone; answered outside. */
class KeyChanged extends Error {
  override readonly name = "KeyChanged";
}

export function createUnblocking({ floor, sessions, people, codes, messages, activity }: UnblockingNeeds) {
  const { db, clock, random, secrets } = floor;
  const { citizens, keys } = people;
  const after = (milliseconds: number) => new Date(clock.now().getTime() + milliseconds);
  const contextOf = (id: string) => `unblocking ${id}`;

  /** Whose card opened this browser's session, if a card did, and it is the one that the page was about. */
  async function cardHolder(visitor: Unblocker, within: number): Promise<Outcome<{ who: SignedIn }, CardWanted>> {
    const who = await sessions.whoIsHere(visitor);
    const isShown = who !== null && (visitor.shownIn ?? who.sessionId) === who.sessionId;
    return isShown && hasShownCard(who, clock.now(), within) ? { ...done, who } : refused("card.wanted");
  }

  /** The key to be unblocked: the card holder's own, and locked. */
  async function lockedKeyOf(citizenId: string): Promise<Outcome<{ key: OwnedKey }, KeyObstacle>> {
    const key = await keys.owned(citizenId);
    const obstacle = judgeCondition(key?.condition ?? null);
    if (obstacle !== null) return refused(obstacle);
    return key ? { ...done, key } : refused("key.none");
  }

  /** What is under way in this session, which outlives the card's ten minutes by as long as its code may take. */
  async function underWay(visitor: Unblocker): Promise<Outcome<{ who: SignedIn; row: UnblockingRow | null }, CardWanted>> {
    const found = await cardHolder(visitor, Number.POSITIVE_INFINITY);
    return found.ok ? { ...found, row: await store.loadUnblocking(db, found.who.sessionId, clock.now()) } : found;
  }

  async function atCode(
    visitor: Unblocker,
  ): Promise<Outcome<{ row: UnblockingRow; codeId: string }, CardWanted | UnblockingRefusal>> {
    const found = await underWay(visitor);
    if (!found.ok) return found;
    const { row } = found;
    if (!row) return refused("unblocking.gone");
    return row.step === "code" && row.codeId !== null
      ? { ...done, row, codeId: row.codeId }
      : refused("unblocking.out-of-step");
  }

  async function end<Refusal extends UnblockingRefusal>(id: string, refusal: Refusal) {
    await store.endUnblocking(db, id, refusal, clock.now());
    return refused(refusal);
  }

  async function judgeNewPin(key: OwnedKey, citizenId: string, pin: string) {
    const citizen = await citizens.load(citizenId);
    if (!citizen) throw new Error("a key has lost its citizen");
    const numbers = [citizen.civilId, citizen.taxNumber ?? "", citizen.documentNumber];
    return keys.judgeNewPin(key.id, pin, { birthDate: citizen.birthDate, numbers });
  }

  /** As it will be kept; slow on purpose, so done before the transaction. */
  async function sealedChoice(id: string, keyId: string, pin: string): Promise<Buffer> {
    const record = await keys.preparePin(keyId, pin);
    const choice: Choice = { pin: sealablePin(record), isTheOldOne: await keys.hasPin(keyId, pin) };
    return secrets.seal("personal", JSON.stringify(choice), contextOf(id));
  }

  /** `as`: sealed, so it is what `sealedChoice` wrote. */
  async function openedChoice({ id, choice }: UnblockingRow): Promise<Choice | null> {
    return choice && (JSON.parse(await secrets.open("personal", choice, contextOf(id))) as Choice);
  }

  async function complete(row: UnblockingRow, codeId: string, visitor: Visitor): Promise<Outcome<object, UnblockingRefusal>> {
    const choice = await openedChoice(row);
    if (!choice) return refused("unblocking.out-of-step");
    if (choice.isTheOldOne) return end(row.id, "pin.same");
    try {
      const isDone = await db.transaction(() => open(row, codeId, choice, visitor));
      return isDone ? done : refused("unblocking.out-of-step");
    } catch (fault) {
      if (fault instanceof KeyChanged) return end(row.id, "key.changed");
      throw fault;
    }
  }

  /** All of it or nothing: before, the key is locked; after, it is open with the new PIN, and its owner will hear of it. */
  async function open(row: UnblockingRow, codeId: string, choice: Choice, visitor: Visitor): Promise<boolean> {
    const { id, keyId, citizenId } = row;
    if (!(await store.hold(db, id))) return false;
    if (!(await codes.spend(codeId))) throw new Error("a code was spent for an unblocking that still waits for it");
    // Before the key, which sign-ins lock last: who locks in another order waits for us, and we for them.
    await sessions.endProvenWith(keyId);
    const key = await keys.load(keyId);
    if (!key || !(await keys.unblock(keyId, unsealedPin(choice.pin)))) throw new KeyChanged();
    await keys.recordBrowser(keyId, visitor.browser);
    await activity.record({ kind: "key.unblocked", citizenId, detail: { by: "citizen-card" } });
    await messages.tell(key, (words) => words.keyUnblocked(), `unblocked ${id}`);
    await store.finish(db, id, after(figures.doneLives));
    return true;
  }

  const unblocking: Unblocking = {
    async view(visitor) {
      const found = await underWay(visitor);
      if (!found.ok) return found;
      const { who, row } = found;
      const session = who.sessionId;
      if (row?.step === "code" && row.codeId !== null)
        return { ...done, view: { step: "code", session, code: await codes.issuedStanding(row.codeId) } };
      const locked = await lockedKeyOf(who.citizenId);
      if (row?.step === "done" && !locked.ok) return { ...done, view: { step: "done", session, code: null } };
      if (!locked.ok) return locked;
      const shown = await cardHolder(visitor, figures.cardHolds);
      return shown.ok ? { ...done, view: { step: "pin", session, code: null } } : shown;
    },

    async choosePin(visitor, pin) {
      const shown = await cardHolder(visitor, figures.cardHolds);
      if (!shown.ok) return shown;
      const { sessionId, citizenId } = shown.who;
      const found = await lockedKeyOf(citizenId);
      if (!found.ok) return found;
      const { key } = found;
      const weakness = await judgeNewPin(key, citizenId, pin);
      if (weakness) return refused(weakness);
      const { phone, language } = key;
      if (!(await messages.admitCode({ phone, address: visitor.address }))) return refused("sms.too-many");
      const id = random.uuid();
      const begun = { id, sessionId, citizenId, keyId: key.id, choice: await sealedChoice(id, key.id, pin) };
      return db.transaction(async () => {
        const fresh = await codes.issue("unblock", id, maskedPhone(phone));
        const row = { ...begun, codeId: fresh.id, expiresAt: after(figures.lives) };
        if (!(await store.insertUnblocking(db, row, clock.now()))) return refused("unblocking.out-of-step");
        const { digits, minutes, expiresAt } = fresh;
        await messages.sendCode({ phone, language }, (words) => words.unblockCode(digits, minutes), expiresAt);
        return done;
      });
    },

    async resend(visitor) {
      const found = await atCode(visitor);
      if (!found.ok) return found;
      const { row, codeId } = found;
      const key = await keys.owned(row.citizenId);
      if (key?.id !== row.keyId) return end(row.id, "key.changed");
      const { phone, language } = key;
      if (!(await messages.admitCode({ phone, address: visitor.address }))) return end(row.id, "sms.too-many");
      return db.transaction(async () => {
        const reissued = await codes.reissue(codeId);
        if (!reissued.ok) return reissued;
        const { digits, minutes, expiresAt } = reissued.fresh;
        await messages.sendCode({ phone, language }, (words) => words.unblockCode(digits, minutes), expiresAt);
        return done;
      });
    },

    async confirm(visitor, code) {
      const found = await atCode(visitor);
      if (!found.ok) return found;
      const { row, codeId } = found;
      const checked = await codes.check(codeId, code);
      if (checked.ok) return complete(row, codeId, visitor);
      // Pressed often at once: a wrong code ends it by itself, so what used up the tries was right, and is at its work.
      if (checked.refusal === "code.spent" || checked.refusal === "code.used-up") return refused("unblocking.out-of-step");
      return end(row.id, checked.refusal);
    },

    async cancel(visitor) {
      const found = await underWay(visitor);
      if (found.ok && found.row) await store.endUnblocking(db, found.row.id, "cancelled", clock.now());
    },
  };

  return { ...unblocking, purge: () => untilShort((limit) => store.purge(db, clock.now(), limit)) };
}
