/** The person proves who they are: phone and PIN, then the code, and a PIN of their own where a temporary one is still in use. */
import { inLanguage, type Visitor } from "#core/vocabulary";
import type { Activity } from "#core/activity";
import type { Citizens } from "#core/citizens";
import { maskedPhone } from "#core/messages";
import type { Messages } from "#core/messages";
import type { CheckedPin, CountedCodeTry, KeySummary, MobileKeys } from "#core/mobile-keys";
import type { OneTimeCodes } from "#core/one-time-codes";
import type { Portal } from "#core/portals";
import type { Sessions, Standing } from "#core/sessions";
import { fingerprint } from "#platform/fingerprint";
import type { Floor } from "#platform/floor";
import { done, refused } from "#platform/outcome";
import { createCodeTries } from "./code-tries.ts";
import type { CodeRefusal, SignIn } from "./contract.ts";
import { entryAt } from "./entry.ts";
import type { RecentSignIns } from "./recent-sign-ins.ts";
import { ownerWarnings } from "./owner-warnings.ts";
import type { Profiles } from "./profiles.ts";
import type { Opened, Requests } from "./requests.ts";
import { isForCardOnly, reachedLevel, stepAfterCode, stepAfterProof } from "./rules.ts";
import * as store from "./store.ts";
import type { LoadedRequest, RequestRow } from "./store.ts";

export interface ProvingNeeds {
  readonly floor: Floor;
  readonly people: { readonly citizens: Citizens; readonly keys: MobileKeys };
  readonly sessions: Sessions;
  readonly codes: OneTimeCodes;
  readonly messages: Messages;
  readonly activity: Activity;
  readonly kept: { readonly requests: Requests; readonly profiles: Profiles; readonly recent: RecentSignIns };
}

type Citizen = Awaited<ReturnType<Citizens["load"]>>;
type Proving = Pick<SignIn, "identify" | "resend" | "confirm" | "choosePin">;

const standingOf = ({ attributes }: RequestRow, { id: keyId, citizenId, level }: KeySummary): Standing => ({
  citizenId,
  proof: { by: "key-and-code", keyId },
  level: reachedLevel(level),
  attributes: attributes.map(({ name }) => name),
});
/** What a code is bound to: this very sign-in. */
const subjectOf = (id: string) => `sign-in ${id}`;

export function createProving({ floor, people, sessions, codes, messages, activity, kept }: ProvingNeeds) {
  const { db, clock } = floor;
  const { citizens, keys } = people;
  const { requests, profiles, recent } = kept;
  const countFor = createCodeTries({ db, people, kept });
  const warnings = ownerWarnings({ floor, keys, messages });

  const codeSaid = (portal: Portal, key: KeySummary, { digits, minutes }: { digits: string; minutes: number }) =>
    [
      key,
      (words: Parameters<Parameters<Messages["sendCode"]>[1]>[0]) =>
        words.signInCode(digits, inLanguage(portal.name, key.language), minutes),
    ] as const;

  /** The code, its SMS, what they cost and the step they allow: all of it, or nothing. */
  async function sendFirstCode(
    request: RequestRow,
    portal: Portal,
    key: KeySummary,
    accepted: () => Promise<void>,
    visitor: Visitor,
  ) {
    const admission = await messages.prepareAdmission({ phone: key.phone, address: visitor.address, portalId: portal.id });
    if (!admission) return null;
    const { fresh, record: code } = await codes.draw("sign-in", subjectOf(request.id));
    const sms = await messages.prepareCode(...codeSaid(portal, key, fresh), fresh.expiresAt);
    const identified = { keyId: key.id, citizenId: key.citizenId, maskedPhone: maskedPhone(key.phone), code };
    const session = fingerprint(visitor.session);
    const moved = await db.atOnce(() => [
      store.moveToCode(db, request, session, identified, clock.now()),
      accepted(),
      admission(),
      sms(),
    ]);
    return (
      moved && { ...request, ...identified, step: "code" as const, code: { ...code, maskedPhone: identified.maskedPhone } }
    );
  }

  async function pinRefused(phone: string, checked: Extract<CheckedPin, { right: false }>, { address }: Visitor) {
    await messages.countMiss(address);
    await warnings.queue(phone, checked);
    return refused("sign-in.refused");
  }

  async function codeRefused(
    request: LoadedRequest,
    { key, left: triesLeft }: CountedCodeTry,
    refusal: "code.wrong" | "code.expired",
  ): Promise<ReturnType<typeof refused<CodeRefusal>>> {
    if (refusal === "code.expired") {
      await keys.takeBackCodeTry(key.id); // Nothing was compared.
      await store.moveToIdentify(db, request);
      recent.forget(request.id);
      return refused(refusal);
    }
    if (triesLeft > 0) return refused(refusal, { triesLeft });
    await tellOfLock(request, key);
    return refused("code.used-up");
  }

  /** Three codes were wrong after a right PIN, which somebody else probably knows: the owner must hear of it, once. */
  async function tellOfLock({ id, portalId, code }: RequestRow, key: KeySummary): Promise<void> {
    await db.transaction(async () => {
      await activity.record({ kind: "key.locked", citizenId: key.citizenId, portalId });
      await messages.warn(key, (words) => words.keyLocked(), `locked ${id} ${String(code?.sentAt.getTime())}`);
    });
  }

  /** PIN and code were right: the step after it, with the session that this proof opens. */
  async function goOn({ request, portal }: Opened, { key, knownBrowser }: CountedCodeTry, citizen: Citizen, visitor: Visitor) {
    const { proof, level, ...rest } = standingOf(request, key);
    const session = key.pinTemporary ? null : sessions.draw({ proof, level, ...rest });
    const profile = session && (await profiles.make(request.id, request.attributes, key, citizen));
    const proven = { step: stepAfterCode(key.pinTemporary, portal), proof, level, at: clock.now(), profile };
    const isTold = session !== null && !knownBrowser;
    const notices = isTold
      ? await messages.prepareTell(key, (words) => words.newBrowser(inLanguage(portal.name, key.language)))
      : [];
    const entry = session ? await entryAt(portal, key.citizenId, {}, activity) : [];
    const moved = await db.atOnce(() => [
      store.moveOn(db, request, proven, session?.id ?? null),
      ...sessions.open(session, visitor),
      keys.recordSuccess(key.id, visitor.browser),
      ...[...notices, ...entry].map((each) => each()),
    ]);
    recent.forget(request.id);
    if (moved === null) return notMoved(request, key.id, visitor);
    const standing = { proof, reachedLevel: level, authenticatedAt: proven.at, step: proven.step, granted: profile };
    const signedIn = { signedInId: session?.id ?? null, signedInAs: key.citizenId };
    recent.noteWritten({ ...request, ...standing, ...signedIn }, visitor.session);
    return { ...done, signedIn: session?.secret ?? null };
  }

  /** Another request moved it first, and its try was no guess; or the key ended meanwhile, and the proof is worth nothing. */
  async function notMoved({ id, code }: RequestRow, keyId: string, visitor: Visitor) {
    const now = await requests.load(id, visitor);
    if (now?.step !== "code" || !now.code || !code?.mac.equals(now.code.mac)) {
      await keys.takeBackCodeTry(keyId);
      return refused("sign-in.out-of-step");
    }
    await store.remove(db, id);
    return refused("sign-in.gone");
  }

  const proving: Proving = {
    async identify(id, visitor, { phone, pin }) {
      const found = await requests.at("identify", id, visitor);
      if (!found.ok) return found;
      if (isForCardOnly(found.request.level)) return refused("sign-in.card-only");
      if (await messages.holdsOff(visitor.address)) return refused("address.too-many");
      const checked = await keys.checkPin(phone, pin, visitor.browser);
      if (!checked.right) return pinRefused(phone, checked, visitor);
      const accepted = () => keys.acceptPin(checked);
      const moved = await sendFirstCode(found.request, found.portal, checked.key, accepted, visitor);
      if (moved) {
        recent.noteWritten({ ...moved, signedInAs: null }, visitor.session);
        return done;
      }
      const isStillRight = (await db.atOnce(() => [accepted()])) !== null;
      if (!isStillRight) return pinRefused(phone, { right: false, why: null, until: null }, visitor);
      // Whoever pressed twice gets one code: a second would kill nothing and be right nowhere.
      const kept = await requests.load(id, visitor);
      if (kept) return refused(kept.step === "identify" ? "sms.too-many" : "sign-in.out-of-step");
      return refused(visitor.slip ? "sms.too-many" : "sign-in.gone");
    },

    async resend(id, visitor) {
      const found = await requests.at("code", id, visitor);
      if (!found.ok) return found;
      const { request, portal } = found;
      const key = request.keyId === null ? null : await keys.loadUsable(request.keyId);
      if (!key || request.code === null) return refused("sign-in.gone");
      const redrawn = await codes.redraw("sign-in", subjectOf(id), request.code);
      if (!redrawn.ok) return redrawn;
      if (!(await messages.admitCode({ phone: key.phone, address: visitor.address, portalId: portal.id })))
        return refused("sms.too-many");
      return db.transaction(async () => {
        if (!(await store.replaceCode(db, request, redrawn.record))) return refused("code.too-soon");
        await messages.sendCode(...codeSaid(portal, key, redrawn.fresh), redrawn.fresh.expiresAt);
        db.committed(() => {
          recent.forget(id);
        });
        return done;
      });
    },

    async confirm(id, visitor, digits) {
      const { request: loaded, counted, citizen } = await countFor(id, visitor);
      const found = await requests.at("code", id, visitor, Promise.resolve(loaded));
      if (!found.ok) {
        if (counted) await keys.takeBackCodeTry(counted.key.id); // Its portal is gone; nothing was compared.
        return found;
      }
      const { request, portal } = found;
      if (counted === null || request.code === null) return refused("code.used-up");
      const compared = await codes.compare(subjectOf(id), request.code, digits);
      if (!compared.ok) return codeRefused(request, counted, compared.refusal);
      return goOn({ request, portal }, counted, citizen, visitor);
    },

    async choosePin(id, visitor, pin) {
      const found = await requests.at("new-pin", id, visitor);
      if (!found.ok) return found;
      const { request, portal } = found;
      const key = request.keyId === null ? null : await keys.load(request.keyId);
      const citizen = key && (await citizens.load(key.citizenId));
      if (!key || !citizen) return refused("sign-in.gone");
      const numbers = [citizen.civilId, citizen.taxNumber ?? "", citizen.documentNumber];
      const weakness = await keys.judgeNewPin(key.id, pin, { birthDate: citizen.birthDate, numbers });
      if (weakness) return refused(weakness);
      const record = await keys.preparePin(key.id, pin);
      const profile = await profiles.make(id, request.attributes, key, citizen);
      const standing = standingOf(request, key);
      const session = sessions.draw(standing);
      const entry = await entryAt(portal, key.citizenId, {}, activity);
      return db.transaction(async () => {
        if (!(await store.hold(db, request))) return refused("sign-in.out-of-step");
        // What else the temporary PIN has proven: it serves the first sign-in alone.
        await sessions.endProvenWith(key.id, id);
        const { proof, level } = standing;
        const proven = { step: stepAfterProof(portal), proof, level, at: clock.now(), profile };
        await store.moveOn(db, request, proven, session.id);
        await Promise.all(sessions.open(session, visitor));
        if (!(await keys.activate(key.id, record))) {
          await store.remove(db, id);
          await sessions.end(session.id);
          return refused("sign-in.gone");
        }
        await activity.record({ kind: "activation.completed", citizenId: key.citizenId, portalId: request.portalId });
        await messages.tell(key, (words) => words.keyActive(), `active ${key.id}`);
        for (const each of entry) await each();
        return { ...done, signedIn: session.secret };
      });
    },
  };

  return { ...proving, jobKinds: warnings.jobKinds };
}
