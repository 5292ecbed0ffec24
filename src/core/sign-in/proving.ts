/** The person proves who they are: phone and PIN, then the code, and a PIN of their own where a temporary one is still in use. */
import type { Activity } from "#core/activity";
import type { Citizens } from "#core/citizens";
import { maskedPhone } from "#core/messages";
import type { Messages } from "#core/messages";
import type { CountedCodeTry, KeySummary, MobileKeys } from "#core/mobile-keys";
import type { OneTimeCodes } from "#core/one-time-codes";
import type { Portal } from "#core/portals";
import { fingerprint } from "#platform/fingerprint";
import type { Floor } from "#platform/floor";
import { done, refused } from "#platform/outcome";
import { createCodeTries } from "./code-tries.ts";
import type { CodeRefusal, SignIn, Visitor } from "./contract.ts";
import type { Hints } from "./hints.ts";
import { ownerWarnings } from "./owner-warnings.ts";
import type { Profiles } from "./profiles.ts";
import { nobodyHash } from "./requests.ts";
import type { Requests } from "./requests.ts";
import { figures, reachedLevel, stepAfterCode } from "./rules.ts";
import * as store from "./store.ts";
import type { LoadedRequest, NewSession, RequestRow } from "./store.ts";

export interface ProvingNeeds {
  readonly floor: Floor;
  readonly people: { readonly citizens: Citizens; readonly keys: MobileKeys };
  readonly codes: OneTimeCodes;
  readonly messages: Messages;
  readonly activity: Activity;
  readonly kept: { readonly requests: Requests; readonly profiles: Profiles; readonly hints: Hints };
}

type Proving = Pick<SignIn, "identify" | "resend" | "confirm" | "choosePin">;

/** What a code is bound to: this very sign-in. */
const subjectOf = (id: string) => `sign-in ${id}`;

export function createProving({ floor, people, codes, messages, activity, kept }: ProvingNeeds) {
  const { db, clock, random } = floor;
  const { citizens, keys } = people;
  const { requests, profiles, hints } = kept;
  const countFor = createCodeTries({ db, people, kept });
  const warnings = ownerWarnings({ floor, keys, messages });

  /** A session of its own for this proof, under a new secret: one known from before would be session fixation. The browser's old one ends. */
  function newSession(request: RequestRow, key: KeySummary, { signedIn }: Visitor): NewSession & { secret: string } {
    const [secret, now] = [random.token(), clock.now()];
    const session = {
      id: random.uuid(),
      keyId: key.id,
      citizenId: key.citizenId,
      level: reachedLevel(key.level),
      attributes: request.attributes.map(({ name }) => name),
      authenticatedAt: now,
      seenAt: now,
      endsAt: new Date(now.getTime() + figures.sessionLives),
    };
    const replaces = signedIn === null ? nobodyHash : fingerprint(signedIn);
    return { ...session, secret, secretHash: fingerprint(secret), replaces };
  }

  const codeSaid = (portal: Portal, key: KeySummary, { digits, minutes }: { digits: string; minutes: number }) =>
    [
      key,
      (words: Parameters<Parameters<Messages["sendCode"]>[1]>[0]) =>
        words.signInCode(digits, portal.name[key.language], minutes),
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
    const { fresh, kept: code } = await codes.draw("sign-in", subjectOf(request.id));
    const sms = await messages.prepareCode(...codeSaid(portal, key, fresh), fresh.expiresAt);
    const identified = { keyId: key.id, citizenId: key.citizenId, maskedPhone: maskedPhone(key.phone), code };
    const session = fingerprint(visitor.session);
    return db.atOnce(() => [store.moveToCode(db, request, session, identified, clock.now()), accepted(), admission(), sms()]);
  }

  async function codeRefused(
    request: LoadedRequest,
    { key, left: triesLeft }: CountedCodeTry,
    refusal: "code.wrong" | "code.expired",
  ): Promise<ReturnType<typeof refused<CodeRefusal>>> {
    if (refusal === "code.expired") {
      await keys.takeBackCodeTry(key.id); // Nothing was compared.
      await store.moveToIdentify(db, request);
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

  /** Another request moved it first, and its try was no guess; or the key ended meanwhile, and the proof is worth nothing. */
  async function notMoved({ id, code }: RequestRow, keyId: string, visitor: Visitor) {
    const now = await requests.load(id, visitor);
    if (now?.step !== "code" || !now.code || !code?.mac.equals(now.code.mac)) {
      await keys.takeBackCodeTry(keyId);
      return refused("sign-in.out-of-step");
    }
    await store.end(db, id);
    return refused("sign-in.gone");
  }

  const proving: Proving = {
    async identify(id, visitor, { phone, pin }) {
      const found = await requests.at("identify", id, visitor);
      if (!found.ok) return found;
      if (await messages.holdsOff(visitor.address)) return refused("address.too-many");
      const checked = await keys.checkPin(phone, pin, visitor.browser);
      if (!checked.right) {
        await messages.countMiss(visitor.address);
        await warnings.queue(phone, checked);
        return refused("sign-in.refused");
      }
      const { key, lane } = checked;
      const accepted = () => keys.acceptPin(key.id, lane);
      if (await sendFirstCode(found.request, found.portal, key, accepted, visitor)) {
        hints.note(id, key.id, key.citizenId);
        return done;
      }
      await accepted();
      // Whoever pressed twice gets one code: a second would kill nothing and be right nowhere.
      const kept = await requests.load(id, visitor);
      if (kept) return refused(kept.step === "identify" ? "sms.too-many" : "sign-in.out-of-step");
      return refused(visitor.ticket ? "sms.too-many" : "sign-in.gone");
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
        if (!(await store.replaceCode(db, request, redrawn.kept))) return refused("code.too-soon");
        await messages.sendCode(...codeSaid(portal, key, redrawn.fresh), redrawn.fresh.expiresAt);
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
      const { key } = counted;
      const compared = await codes.compare(subjectOf(id), request.code, digits);
      if (!compared.ok) return codeRefused(request, counted, compared.refusal);
      const session = key.pinTemporary ? null : newSession(request, key, visitor);
      const profile = session && (await profiles.make(id, request.attributes, key, citizen));
      const proven = { step: stepAfterCode(key.pinTemporary), level: reachedLevel(key.level), at: clock.now(), profile };
      const isTold = session !== null && !counted.knownBrowser;
      const notices = isTold ? await messages.prepareTell(key, (words) => words.newBrowser(portal.name[key.language])) : [];
      const moved = await db.atOnce(() => [
        store.moveOn(db, request, proven, session),
        keys.recordSuccess(key.id, visitor.browser),
        ...notices.map((notice) => notice()),
      ]);
      if (moved === null) return notMoved(request, key.id, visitor);
      return { ...done, signedIn: session?.secret ?? null };
    },

    async choosePin(id, visitor, pin) {
      const found = await requests.at("new-pin", id, visitor);
      if (!found.ok) return found;
      const { request } = found;
      const key = request.keyId === null ? null : await keys.load(request.keyId);
      const citizen = key && (await citizens.load(key.citizenId));
      if (!key || !citizen) return refused("sign-in.gone");
      const numbers = [citizen.civilId, citizen.taxNumber ?? "", citizen.documentNumber];
      const weakness = await keys.judgeNewPin(key.id, pin, { birthDate: citizen.birthDate, numbers });
      if (weakness) return refused(weakness);
      const record = await keys.preparePin(key.id, pin);
      const profile = await profiles.make(id, request.attributes, key, citizen);
      const session = newSession(request, key, visitor);
      return db.transaction(async () => {
        if (!(await store.hold(db, request))) return refused("sign-in.out-of-step");
        const proven = { step: "consent", level: reachedLevel(key.level), at: clock.now(), profile } as const;
        await store.moveOn(db, request, proven, session);
        if (!(await keys.activate(key.id, record))) {
          await store.end(db, id);
          return refused("sign-in.gone");
        }
        await activity.record({ kind: "activation.completed", citizenId: key.citizenId, portalId: request.portalId });
        await messages.tell(key, (words) => words.keyActive(), `active ${key.id}`);
        return { ...done, signedIn: session.secret };
      });
    },
  };

  return { ...proving, jobKinds: warnings.jobKinds };
}
