/** The person proves who they are with phone and PIN, then the code, and chooses a PIN where a temporary one is still in use. */
import type { Visitor } from "#core/vocabulary";
import type { ChosenPin, CodeTry } from "#core/proofs";
import { fingerprint } from "#platform/fingerprint";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import type { CodeRefusal, IdentifyRefusal, NewPinRefusal, ResendRefusal } from "./contract.ts";
import { load, loadAt } from "./load.ts";
import type { Beside, Loaded } from "./load.ts";
import type { Needs } from "./needs.ts";
import { opened, openingStatements, stillClosed } from "./opening.ts";
import type { Citizen } from "./profiles.ts";
import * as store from "./store.ts";
import type { LoadedRequest, RequestRow } from "./store.ts";

type Here = Pick<Loaded, "request" | "portal">;

const occasionOf = ({ request, portal }: Here, visitor: Visitor) => ({ id: request.id, portal, visitor });

export async function identify(
  needs: Needs,
  id: string,
  visitor: Visitor,
  given: { readonly phone: string; readonly pin: string },
): Promise<Outcome<object, IdentifyRefusal>> {
  const { keyAndCode, reaches } = needs.proofs;
  const found = await loadAt(needs, id, visitor, { in: ["slip", "row"], step: "identify" });
  if (!found.ok) return found;
  if (!reaches("key-and-code", found.request.level)) return refused("sign-in.card-only");
  const checked = await keyAndCode.checkPin(visitor, given);
  if (!checked.ok) return checked;
  const moved = await sendFirstCode(needs, found, visitor, checked.right);
  if (!moved) return notSent(needs, id, visitor, checked.right);
  needs.recent.noteWritten({ ...moved, signedInAs: null }, visitor.session);
  return done;
}

type RightPin = Parameters<Needs["proofs"]["keyAndCode"]["withdrawPin"]>[1];

/** The code, its SMS, what they cost and the step they allow: all of it, or nothing. */
async function sendFirstCode(needs: Needs, here: Here, visitor: Visitor, right: RightPin): Promise<RequestRow | null> {
  const { db, clock } = needs.floor;
  const prepared = await needs.proofs.keyAndCode.prepareCode(occasionOf(here, visitor), right);
  if (!prepared) return null;
  const { ready, ...identified } = prepared;
  const moved = await db.atOnce(() => [
    store.moveToCode(db, here.request, fingerprint(visitor.session), identified, clock.now()),
    ...ready.map((each) => each()),
  ]);
  return moved && { ...here.request, ...identified, step: "code" };
}

/** Whoever pressed twice gets one code: a second would kill nothing and be right nowhere. */
async function notSent(needs: Needs, id: string, visitor: Visitor, right: RightPin): Promise<Outcome<object, IdentifyRefusal>> {
  const withdrawn = await needs.proofs.keyAndCode.withdrawPin(visitor, right);
  if (!withdrawn.ok) return withdrawn;
  const now = await load(needs, id, visitor, { in: ["row"] });
  if (now.ok) return refused(now.request.step === "identify" ? "sms.too-many" : "sign-in.out-of-step");
  return refused(visitor.slip ? "sms.too-many" : "sign-in.gone");
}

export async function resend(needs: Needs, id: string, visitor: Visitor): Promise<Outcome<object, ResendRefusal>> {
  const { db } = needs.floor;
  const found = await loadAt(needs, id, visitor, { in: ["row", "slip"], step: "code" });
  if (!found.ok) return found;
  const { request } = found;
  const { keyId, code } = request;
  if (keyId === null || code === null) return refused("sign-in.gone");
  const prepared = await needs.proofs.keyAndCode.prepareResend(occasionOf(found, visitor), { keyId, code });
  if (!prepared.ok)
    return prepared.refusal === "key.gone" ? refused("sign-in.gone") : { ...prepared, refusal: prepared.refusal };
  return db.transaction(async () => {
    if (!(await store.replaceCode(db, request, prepared.code))) return refused("code.too-soon");
    await prepared.send();
    db.committed(() => {
      needs.recent.forget(id);
    });
    return done;
  });
}

type Counting = readonly [Promise<CodeTry | null>, Promise<Citizen | null>];

/** The key's try is taken before the code is compared; taken back where no code was compared after all. */
function counting({ proofs, citizens }: Needs, { browser }: Visitor): Beside<Counting> {
  return {
    step: "code",
    ask: ({ keyId, citizenId }) => [proofs.keyAndCode.countTry(keyId, browser), citizens.load(citizenId)],
    undo: async ([counted], { keyId }) => {
      if (counted) await proofs.keyAndCode.takeBackTry(keyId);
    },
  };
}

/** Not inside a transaction: a rolled back count is a free guess. */
export async function confirm(
  needs: Needs,
  id: string,
  visitor: Visitor,
  digits: string,
): Promise<Outcome<{ signedIn: string | null }, CodeRefusal>> {
  const { keyAndCode } = needs.proofs;
  const look = { in: ["row", "slip"], step: "code", beside: counting(needs, visitor) } as const;
  const found = await loadAt(needs, id, visitor, look);
  if (!found.ok) return found;
  const { request, beside } = found;
  const [counted, citizen] = beside ?? [null, null];
  if (counted === null || request.code === null) return refused("code.used-up");
  const judged = await keyAndCode.judgeCode(occasionOf(found, visitor), request.code, counted, digits);
  if (judged.ok) return goOn(needs, found, counted, citizen, visitor);
  if (judged.refusal === "code.expired") {
    await store.moveToIdentify(needs.floor.db, request);
    needs.recent.forget(id);
  }
  return judged;
}

/** PIN and code were right: the step after it, with the session that this proof opens. */
async function goOn(
  needs: Needs,
  here: Here,
  counted: CodeTry,
  citizen: Citizen | null,
  visitor: Visitor,
): Promise<Outcome<{ signedIn: string | null }, CodeRefusal>> {
  const { db } = needs.floor;
  const { request } = here;
  const proven = await needs.proofs.keyAndCode.provenBy(occasionOf(here, visitor), counted);
  const opening = counted.key.pinTemporary ? null : await opened(needs, here, proven, citizen);
  const row = opening?.row ?? stillClosed(needs, proven);
  const moved = await db.atOnce(() => [store.moveOn(db, request, row), ...openingStatements(needs, opening, proven, visitor)]);
  needs.recent.forget(request.id);
  if (moved === null) return notMoved(needs, request, counted.key.id, visitor);
  const signedInAs = proven.citizenId;
  needs.recent.noteWritten({ ...request, ...row, signedInAs }, visitor.session);
  return { ...done, signedIn: opening?.session.secret ?? null };
}

/** Another request moved it first, and its try was no guess; or the key ended meanwhile, and the proof is worth nothing. */
async function notMoved(needs: Needs, { id, code }: RequestRow, keyId: string, visitor: Visitor) {
  const now = await load(needs, id, visitor, { in: ["row"] });
  const isAsItWas = now.ok && isSameCode(now.request, code);
  if (!isAsItWas) {
    await needs.proofs.keyAndCode.takeBackTry(keyId);
    return refused("sign-in.out-of-step");
  }
  await store.remove(needs.floor.db, id);
  return refused("sign-in.gone");
}

const isSameCode = ({ step, code }: LoadedRequest, before: RequestRow["code"]): boolean =>
  step === "code" && code !== null && before?.mac.equals(code.mac) === true;

export async function choosePin(
  needs: Needs,
  id: string,
  visitor: Visitor,
  pin: string,
): Promise<Outcome<{ signedIn: string }, NewPinRefusal>> {
  const found = await loadAt(needs, id, visitor, { in: ["row", "slip"], step: "new-pin" });
  if (!found.ok) return found;
  const { keyId } = found.request;
  const judged = keyId === null ? refused("key.gone") : await needs.proofs.keyAndCode.judgeNewPin(keyId, pin);
  if (!judged.ok) return refused(judged.refusal === "key.gone" ? "sign-in.gone" : judged.refusal);
  return openWithNewPin(needs, found, judged.chosen, visitor);
}

/** In this order: sign-ins are locked before sessions, and the key last, as whatever else ends what a key has proven locks them. */
async function openWithNewPin(needs: Needs, here: Here, chosen: ChosenPin, visitor: Visitor) {
  const { floor, sessions, proofs } = needs;
  const { request, portal } = here;
  const { session, row, entry } = await opened(needs, here, chosen.proven, chosen.citizen);
  return floor.db.transaction(async () => {
    // 1. Pressed twice, the second finds it gone on.
    if (!(await store.hold(floor.db, request))) return refused("sign-in.out-of-step");
    // 2. What else the temporary PIN has proven: it serves the first sign-in alone.
    await sessions.endProvenWith(chosen.key.id, request.id);
    // 3. The sign-in goes on, in a session of its own.
    await store.moveOn(floor.db, request, row);
    await Promise.all(sessions.open(session, visitor));
    // 4. The key has its PIN; or it has ended meanwhile, and nothing of this is worth anything.
    if (!(await proofs.keyAndCode.activate(chosen, portal.id))) {
      await store.remove(floor.db, request.id);
      await sessions.end(session.id);
      return refused("sign-in.gone");
    }
    for (const each of entry) await each();
    return { ...done, signedIn: session.secret };
  });
}
