/** The steps of an act: shown, given, sent again, confirmed, given up. Whatever the act, they are these. */
import type { OwnedKey } from "#core/mobile-keys";
import { codeFigures } from "#core/one-time-codes";
import type { DrawnCode } from "#core/one-time-codes";
import type { SignedIn } from "#core/sessions";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import { admit, codeActOf, send, shownTo } from "./code-sending.ts";
import type {
  ActCode,
  Actor,
  ActRefusal,
  ActStep,
  ActView,
  Begun,
  KeyObstacle,
  Mistaken,
  ProofWanted,
  ResendRefusal,
} from "./contract.ts";
import type { ActDefinition, ActNeeds } from "./definition.ts";
import { perform } from "./performing.ts";
import { figures } from "./rules.ts";
import { open, seal } from "./sealed.ts";
import { fitKey, proven, underWay, waiting } from "./standing.ts";
import * as store from "./store.ts";
import type { ActRow } from "./store.ts";

export async function view<Given, Typed extends object, Mistake extends string>(
  needs: ActNeeds,
  act: ActDefinition<Given, Typed, Mistake>,
  actor: Actor,
  wanted: ActStep,
): Promise<Outcome<{ view: ActView }, ProofWanted | KeyObstacle>> {
  const found = await underWay(needs, act, actor);
  if (!found.ok) return found;
  const { who, row } = found;
  const session = who.sessionId;
  if (row && row.step !== "done") {
    const key = await needs.people.keys.load(row.keyId);
    const code = key && (await codeView(needs, act, row, key));
    return { ...done, view: { step: row.step, session, email: key?.email ?? null, code } };
  }
  const fit = await fitKey(needs, act, who.citizenId);
  if (row && (!fit.ok || (act.repeats && wanted === "done")))
    return { ...done, view: { step: "done", session, email: null, code: null } };
  if (!fit.ok) return fit;
  const shown = await proven(needs, act, actor);
  return shown.ok ? { ...done, view: { step: "form", session, email: fit.key.email, code: null } } : shown;
}

async function codeView<Given, Typed extends object, Mistake extends string>(
  needs: ActNeeds,
  act: ActDefinition<Given, Typed, Mistake>,
  row: ActRow,
  key: Pick<OwnedKey, "phone" | "email">,
): Promise<ActCode | null> {
  const typed = await open<Typed>(needs.floor, row);
  const to = typed && act.codeTo(key, typed);
  if (!to || !row.code) return null;
  return { sentTo: shownTo(to), expiresAt: row.code.expiresAt, resendAt: needs.codes.resendAt(row.code) };
}

export async function give<Given, Typed extends object, Mistake extends string>(
  needs: ActNeeds,
  act: ActDefinition<Given, Typed, Mistake>,
  actor: Actor,
  given: Given,
): Promise<Outcome<Begun, ProofWanted | ActRefusal> | Mistaken<Mistake>> {
  const shown = await proven(needs, act, actor);
  if (!shown.ok) return shown;
  const found = await fitKey(needs, act, shown.who.citizenId);
  if (!found.ok) return found;
  const { key } = found;
  const mistake = await act.judge(needs, { ...key, citizenId: shown.who.citizenId }, given);
  if (mistake !== null) return { ok: false, mistake };
  // Before anything is spent: what cannot begin would eat up the budget of an address that hears nothing of it.
  if (await isWaiting(needs, act.name, shown.who)) return refused("act.out-of-step");
  const to = act.codeTo(key, given);
  const tooMany = to && (await admit(needs, to, { keyId: key.id, address: actor.address }));
  if (tooMany) return refused(tooMany);
  return begin(needs, act, { who: shown.who, key }, given);
}

async function isWaiting({ floor: { db, clock } }: ActNeeds, name: string, { sessionId }: SignedIn): Promise<boolean> {
  const row = await store.loadAct(db, name, sessionId, clock.now());
  return row !== null && row.step !== "done";
}

/** The code is drawn, kept and queued in one transaction: none is sent that could not be typed. */
async function begin<Given, Typed extends object, Mistake extends string>(
  needs: ActNeeds,
  act: ActDefinition<Given, Typed, Mistake>,
  { who: { sessionId, citizenId }, key }: { who: SignedIn; key: OwnedKey },
  given: Given,
): Promise<Outcome<Begun, ActRefusal>> {
  const { db, clock, random } = needs.floor;
  const id = random.uuid();
  const typed = await act.keep(needs, key, given);
  const to = act.codeTo(key, typed);
  const drawn = to && (await needs.codes.draw(codeActOf(to), id));
  const [name, keyId, now] = [act.name, key.id, clock.now()];
  const row = { id, name, sessionId, citizenId, keyId, typed: await seal(needs.floor, id, typed), code: drawn?.record ?? null };
  return db.transaction(async () => {
    const isFirst = await store.insertAct(db, { ...row, expiresAt: endOf(now, drawn) }, now);
    if (!isFirst) return refused("act.out-of-step");
    if (to && drawn) await send(needs, to, key.language, drawn.fresh);
    return { ...done, step: drawn ? "code" : "confirm" };
  });
}

/** As long as all the codes that it may wait for, one after the other. */
function endOf(now: Date, drawn: DrawnCode | null): Date {
  const lives = drawn
    ? (1 + codeFigures.resends) * (drawn.record.expiresAt.getTime() - drawn.record.sentAt.getTime())
    : figures.buttonLives;
  return new Date(now.getTime() + lives);
}

export async function resend<Given, Typed extends object, Mistake extends string>(
  needs: ActNeeds,
  act: ActDefinition<Given, Typed, Mistake>,
  actor: Actor,
): Promise<Outcome<object, ProofWanted | ResendRefusal>> {
  const found = await waiting(needs, act, actor);
  if (!found.ok) return found;
  const { row } = found;
  const typed = await open<Typed>(needs.floor, row);
  if (!row.code || !typed) return refused("act.out-of-step");
  const key = await needs.people.keys.owned(row.citizenId);
  if (key?.id !== row.keyId) return end(needs, row.id, "key.changed");
  const to = act.codeTo(key, typed);
  if (!to) return refused("act.out-of-step");
  const drawn = await needs.codes.redraw(codeActOf(to), row.id, row.code);
  if (!drawn.ok) return drawn;
  const tooMany = await admit(needs, to, { keyId: key.id, address: actor.address });
  if (tooMany) return end(needs, row.id, tooMany);
  return needs.floor.db.transaction(async () => {
    if (!(await store.replaceCode(needs.floor.db, row.id, drawn.record))) return refused("code.too-soon");
    await send(needs, to, key.language, drawn.fresh);
    return done;
  });
}

export async function confirm<Given, Typed extends object, Mistake extends string>(
  needs: ActNeeds,
  act: ActDefinition<Given, Typed, Mistake>,
  actor: Actor,
  code: string | null,
): Promise<Outcome<object, ProofWanted | ActRefusal>> {
  const found = await waiting(needs, act, actor);
  if (!found.ok) return found;
  const { who, row } = found;
  // Typed on a page of before, a code does not press the button of what waits now.
  if ((row.step === "code") !== (code !== null)) return refused("act.out-of-step");
  const judged = code === null ? done : await judgeCode(needs, row.id, code);
  if (!judged.ok) return judged;
  const refusal = await perform(needs, act, row, { who, browser: actor.browser });
  if (refusal === null) return done;
  return refusal === "act.out-of-step" ? refused(refusal) : end(needs, row.id, refusal);
}

/** Counts, then judges; not inside a transaction, or a count rolled back were a free guess. */
async function judgeCode(needs: ActNeeds, id: string, code: string): Promise<Outcome<object, ActRefusal>> {
  const { db, clock } = needs.floor;
  const counted = await store.takeTry(db, id, codeFigures.tries, clock.now());
  // Pressed often at once: a wrong code ends it by itself, so what used up the tries was right, and is at its work.
  if (counted === null) return refused("act.out-of-step");
  const judged = await needs.codes.compare(id, counted, code);
  return judged.ok ? judged : end(needs, id, judged.refusal);
}

export async function cancel<Given, Typed extends object, Mistake extends string>(
  needs: ActNeeds,
  act: ActDefinition<Given, Typed, Mistake>,
  actor: Actor,
): Promise<void> {
  const found = await underWay(needs, act, actor);
  if (found.ok && found.row) await end(needs, found.row.id, "cancelled");
}

async function end<Reason extends string>({ floor: { db, clock } }: ActNeeds, id: string, reason: Reason) {
  await store.endAct(db, id, reason, clock.now());
  return refused(reason);
}
