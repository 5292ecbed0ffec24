/** Codes in a table of their own: what unblocking alone still asks for, and what goes when its own row keeps its code. */
import type { Database } from "#platform/database";
import { untilShort } from "#platform/batches";
import { bind } from "#platform/bind";
import { same } from "#platform/fingerprint";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import type { Secrets } from "#platform/secrets";
import type { Clock, Random } from "#platform/world";
import type { CodeAct, CodeStanding, FreshCode } from "./contract.ts";
import { figures } from "./figures.ts";
import { expiryOf, judgeResend, resendAt } from "./rules.ts";
import { insertCode, loadCode, purgeCodes, replaceCode, takeTry, useCode } from "./store.ts";
import type { CodeRow } from "./store.ts";

export interface IssuedCode extends FreshCode {
  readonly id: string;
}

export type CodeRefusal = "code.wrong" | "code.expired" | "code.used-up" | "code.spent";

export interface IssuedCodes {
  /** Joins the caller's transaction, in which the message is queued too. The number itself is not kept here. */
  issue(act: CodeAct, subject: string, maskedPhone: string): Promise<IssuedCode>;
  /** A new code in the place of the old one, which dies. */
  reissue(id: string): Promise<Outcome<{ fresh: IssuedCode }, "code.too-soon" | "code.no-more">>;
  /**
   * Counts, then judges. Must not be called inside a transaction: a rolled back count would be a free guess.
   * "code.wrong" alone was a guess, maybe the last (`triesLeft` 0); after the other refusals nothing was compared.
   * "code.spent": it was right before and has done its work; somebody pressed twice.
   */
  check(id: string, digits: string): Promise<Outcome<object, CodeRefusal>>;
  /** Spends a code found right. In the transaction of the act it allows, so that neither can be without the other; false when spent. */
  spend(id: string): Promise<boolean>;
  issuedStanding(id: string): Promise<CodeStanding | null>;
  purge(): Promise<void>;
}

interface Needs {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly secrets: Secrets;
}

const aDay = 24 * 3600 * 1000;

export const createIssuedCodes = (needs: Needs): IssuedCodes =>
  bind(needs, { issue, reissue, check, spend, issuedStanding, purge });

const macOf = ({ secrets }: Needs, id: string, digits: string) => secrets.mac("code", `${id}\n${digits}`);

const freshCode = ({ random, clock }: Needs, id: string, act: CodeAct): IssuedCode => ({
  id,
  digits: random.digits(figures.digits),
  expiresAt: expiryOf(act, clock.now()),
  minutes: figures.lives[act] / 60,
});

async function issue(needs: Needs, act: CodeAct, subject: string, maskedPhone: string) {
  const fresh = freshCode(needs, needs.random.uuid(), act);
  const row = { id: fresh.id, act, subject, maskedPhone, tries: 0, resends: 0, usedAt: null };
  const times = { sentAt: needs.clock.now(), expiresAt: fresh.expiresAt };
  await insertCode(needs.db, { ...row, ...times }, await macOf(needs, fresh.id, fresh.digits));
  return fresh;
}

async function reissue(needs: Needs, id: string): ReturnType<IssuedCodes["reissue"]> {
  const now = needs.clock.now();
  const code = await loadCode(needs.db, id);
  const verdict = code && !code.usedAt ? judgeResend(recordOf(code), now) : "code.no-more";
  if (!code || verdict === "code.no-more") return refused("code.no-more");
  if (verdict === "code.too-soon") return refused(verdict, { until: resendAt(recordOf(code)) ?? now });
  const fresh = freshCode(needs, id, code.act as CodeAct);
  const row = { ...code, sentAt: now, expiresAt: fresh.expiresAt };
  const replaced = await replaceCode(needs.db, row, await macOf(needs, id, fresh.digits));
  return replaced ? { ...done, fresh } : refused("code.too-soon");
}

async function check(needs: Needs, id: string, digits: string): ReturnType<IssuedCodes["check"]> {
  const taken = await takeTry(needs.db, id, needs.clock.now());
  if (!taken) return refused(whyUncounted(await loadCode(needs.db, id), needs.clock.now()));
  const right = same(taken.codeMac, await macOf(needs, id, digits));
  return right ? done : refused("code.wrong", { triesLeft: figures.tries - taken.tries });
}

function whyUncounted(code: CodeRow | null, now: Date) {
  if (!code || code.expiresAt <= now) return "code.expired";
  return code.usedAt ? "code.spent" : "code.used-up";
}

const spend = ({ db, clock }: Needs, id: string) => useCode(db, id, clock.now());

async function issuedStanding({ db }: Needs, id: string): Promise<CodeStanding | null> {
  const code = await loadCode(db, id);
  if (!code) return null;
  const { maskedPhone, expiresAt } = code;
  return { maskedPhone, expiresAt, resendAt: code.usedAt ? null : resendAt(recordOf(code)) };
}

const recordOf = (code: CodeRow) => ({ ...code, mac: Buffer.alloc(0) });

const purge = ({ db, clock }: Needs) => untilShort((limit) => purgeCodes(db, new Date(clock.now().getTime() - aDay), limit));
