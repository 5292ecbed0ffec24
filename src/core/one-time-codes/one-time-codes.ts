import type { Database } from "#platform/database";
import { untilShort } from "#platform/batches";
import { same } from "#platform/fingerprint";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import type { Secrets } from "#platform/secrets";
import type { Clock, Random } from "#platform/world";
import { expiryOf, figures, judgeResend, judgeUncounted, resendAt } from "./rules.ts";
import { insertCode, loadCode, purgeCodes, replaceCode, takeTry, useCode } from "./store.ts";

export type CodeAct = keyof typeof figures.lives;

/** A code and how long it lives: what the message to the phone is made of. The only place where the digits exist. */
export interface FreshCode {
  readonly id: string;
  readonly digits: string;
  readonly expiresAt: Date;
  readonly minutes: number;
}

/** What the owner of an act keeps of its code in a row of its own, beside the act. */
export interface KeptCode {
  readonly mac: Buffer;
  readonly resends: number;
  readonly sentAt: Date;
  readonly expiresAt: Date;
}

/** `subject`: the very act, by which the keyed hash is bound to it. */
export interface DrawnCode {
  readonly fresh: Omit<FreshCode, "id">;
  readonly kept: KeptCode;
}

export type CodeRefusal = "code.wrong" | "code.expired" | "code.used-up" | "code.spent";

export interface CodeStanding {
  readonly maskedPhone: string;
  readonly expiresAt: Date;
  readonly resendAt: Date | null;
}

export interface OneTimeCodes {
  /** Joins the caller's transaction, in which the message is queued too. The number itself is not kept here. */
  issue(act: CodeAct, subject: string, maskedPhone: string): Promise<FreshCode>;
  /** A new code in the place of the old one, which dies. */
  reissue(id: string): Promise<Outcome<{ fresh: FreshCode }, "code.too-soon" | "code.no-more">>;
  /**
   * Counts, then judges. Must not be called inside a transaction: a rolled back count would be a free guess.
   * "code.wrong" alone was a guess, maybe the last (`triesLeft` 0); after the other refusals nothing was compared.
   * "code.spent": it was right before and has done its work; somebody pressed twice.
   */
  check(id: string, digits: string): Promise<Outcome<object, CodeRefusal>>;
  /** A code that whoever asks keeps, and whose tries it counts. */
  draw(act: CodeAct, subject: string): Promise<DrawnCode>;
  /** Another in the place of one that was drawn. */
  redraw(act: CodeAct, subject: string, kept: KeptCode): Promise<Outcome<DrawnCode, "code.too-soon" | "code.no-more">>;
  /** Judges without counting: whoever keeps the code has counted the try already, and lets its act happen once. */
  compare(subject: string, kept: KeptCode, digits: string): Promise<Outcome<object, "code.wrong" | "code.expired">>;
  resendAt(kept: KeptCode): Date | null;
  /** Spends a code found right. In the transaction of the act it allows, so that neither can be without the other; false when spent. */
  spend(id: string): Promise<boolean>;
  standing(id: string): Promise<CodeStanding | null>;
  purge(): Promise<void>;
}

export interface CodeNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly secrets: Secrets;
}

/** Its tries are counted elsewhere, and its act moves on when it is used. */
const asKept = (kept: KeptCode) => ({ ...kept, tries: 0, usedAt: null });

const aDay = 24 * 3600 * 1000;

export function createOneTimeCodes({ db, clock, random, secrets }: CodeNeeds): OneTimeCodes {
  const macOf = (id: string, digits: string) => secrets.mac("code", `${id}\n${digits}`);

  const freshCode = (id: string, act: CodeAct): FreshCode => ({
    id,
    digits: random.digits(figures.digits),
    expiresAt: expiryOf(act, clock.now()),
    minutes: figures.lives[act] / 60,
  });

  async function draw(act: CodeAct, subject: string, resends: number): Promise<DrawnCode> {
    const { id, ...fresh } = freshCode(subject, act);
    const mac = await macOf(id, fresh.digits);
    return { fresh, kept: { mac, resends, sentAt: clock.now(), expiresAt: fresh.expiresAt } };
  }

  return {
    async issue(act, subject, maskedPhone) {
      const fresh = freshCode(random.uuid(), act);
      const row = { id: fresh.id, act, subject, maskedPhone, tries: 0, resends: 0, usedAt: null };
      const times = { sentAt: clock.now(), expiresAt: fresh.expiresAt };
      await insertCode(db, { ...row, ...times }, await macOf(fresh.id, fresh.digits));
      return fresh;
    },

    async reissue(id) {
      const code = await loadCode(db, id);
      const verdict = code ? judgeResend(code, clock.now()) : "code.no-more";
      if (!code || verdict === "code.no-more") return refused("code.no-more");
      if (verdict === "code.too-soon") return refused(verdict, { until: resendAt(code) ?? clock.now() });
      const fresh = freshCode(id, code.act as CodeAct);
      const row = { ...code, sentAt: clock.now(), expiresAt: fresh.expiresAt };
      const replaced = await replaceCode(db, row, await macOf(id, fresh.digits));
      return replaced ? { ...done, fresh } : refused("code.too-soon");
    },

    async check(id, digits) {
      const taken = await takeTry(db, id, clock.now());
      if (!taken) return refused(judgeUncounted(await loadCode(db, id), clock.now()));
      const right = same(taken.codeMac, await macOf(id, digits));
      return right ? done : refused("code.wrong", { triesLeft: figures.tries - taken.tries });
    },

    draw: (act, subject) => draw(act, subject, 0),

    async redraw(act, subject, kept) {
      const code = asKept(kept);
      const verdict = judgeResend(code, clock.now());
      if (verdict === "code.no-more") return refused(verdict);
      if (verdict === "code.too-soon") return refused(verdict, { until: resendAt(code) ?? clock.now() });
      return { ...done, ...(await draw(act, subject, kept.resends + 1)) };
    },

    async compare(subject, { mac, expiresAt }, digits) {
      if (expiresAt <= clock.now()) return refused("code.expired");
      return same(mac, await macOf(subject, digits)) ? done : refused("code.wrong");
    },

    resendAt: (kept) => resendAt(asKept(kept)),

    spend: (id) => useCode(db, id, clock.now()),

    async standing(id) {
      const code = await loadCode(db, id);
      return code && { maskedPhone: code.maskedPhone, expiresAt: code.expiresAt, resendAt: resendAt(code) };
    },

    purge: () => untilShort((limit) => purgeCodes(db, new Date(clock.now().getTime() - aDay), limit)),
  };
}
