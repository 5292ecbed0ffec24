/**
 * How much may be sent, and asked, in a while: each row is a counter per whatever it names. A table, so that the law can be
 * read; spent atomically, so that parallel requests cannot overdraw.
 */
import type { Database } from "#platform/database";
import type { Secrets } from "#platform/secrets";
import type { Clock } from "#platform/world";
import { createCoalesced } from "#platform/coalesce";
import type { Ready } from "#platform/jobs";
import { purgeBudgets, spend, spendWithin } from "./store.ts";
import type { Claim } from "./store.ts";

export type BudgetRule = keyof typeof budgetRules;

/** Windows in seconds. The burst stays far above what a person needs and far below what an attacker wants. */
export const budgetRules = {
  "code-per-number": { limit: 8, window: 3_600 },
  "code-per-number-a-day": { limit: 30, window: 86_400 },
  "code-per-address": { limit: 120, window: 3_600 },
  "code-per-portal": { limit: 100_000, window: 3_600 },
  "code-unusual-prefix": { limit: 200, window: 3_600 },
  "code-global": { limit: 1_000_000, window: 3_600 },
  "email-code-per-recipient": { limit: 5, window: 3_600 },
  "email-code-per-recipient-a-day": { limit: 10, window: 86_400 },
  "email-code-per-key-a-day": { limit: 15, window: 86_400 },
  "email-code-global": { limit: 100_000, window: 3_600 },
  "identify-per-address": { limit: 300, window: 600 },
  "notice-per-number": { limit: 5, window: 86_400 },
} as const;

type Claims = Partial<Record<BudgetRule, string>>;

/** Of buckets seen overdrawn; the oldest make room. */
const mostRemembered = 10_000;

export interface Budgets {
  /** Spends one of each; false when any of them is overdrawn. `whom` never reaches the table in the clear. */
  spend(claims: Claims): Promise<boolean>;
  /** As `spend`, together with others' at the same moment; not inside a transaction. */
  spendTogether(claims: Claims): Promise<boolean>;
  /** Spends one of each when it is called, for what is done at once: not done when any would be overdrawn. */
  prepare(claims: Claims): Promise<Ready>;
  /**
   * As `spend`, for what everybody shares: a row that every sign-in had to wait for would make them queue for each other's
   * commits. A process takes a thousandth of the limit at a time; what it has left when it ends counts as spent.
   */
  draw(claims: Claims): Promise<boolean>;
  /** Whether this process has seen one of them overdrawn in its window; asks nobody. */
  isOverdrawn(claims: Claims): Promise<boolean>;
  purge(): Promise<void>;
}

export function createBudgets({ db, clock, secrets }: { db: Database; clock: Clock; secrets: Secrets }): Budgets {
  const overdrawn = new Map<string, Date>();
  const claimOf = async (rule: BudgetRule, whom: string, now: number) => {
    const { limit, window } = budgetRules[rule];
    const slot = Math.floor(now / 1000 / window);
    const mac = await secrets.mac("personal", `${rule}\n${whom}`);
    return {
      bucket: `${rule}:${mac.toString("base64url", 0, 16)}`,
      slot,
      limit,
      expiresAt: new Date((slot + 1) * window * 1000),
    };
  };

  const claimsOf = (claims: Claims) =>
    Promise.all(Object.entries(claims).map(([rule, whom]) => claimOf(rule as BudgetRule, whom, clock.now().getTime())));

  function remember({ bucket, expiresAt }: Claim): void {
    const [oldest] = overdrawn.keys();
    if (overdrawn.size >= mostRemembered && oldest !== undefined) overdrawn.delete(oldest);
    overdrawn.set(bucket, expiresAt);
  }

  /** Of several claims on one bucket in one statement, the first ones still fit. */
  function judge(claims: readonly (Claim & { limit: number })[], left: Map<string, number>): boolean {
    const over = claims.filter(({ bucket, limit }) => {
      const before = left.get(bucket) ?? 0;
      left.set(bucket, before + 1);
      return before + 1 > limit;
    });
    over.forEach(remember);
    return over.length === 0;
  }

  async function spendAll(requests: readonly (readonly (Claim & { limit: number })[])[]): Promise<boolean[]> {
    const all = requests.flat();
    const spent = await spend(db, all);
    for (const { bucket } of all) spent.set(bucket, (spent.get(bucket) ?? 0) - 1);
    return requests.map((claims) => judge(claims, spent));
  }

  const coalesced = createCoalesced(spendAll);

  interface Allotment {
    readonly slot: number;
    left: number;
  }
  const allotments = new Map<string, Promise<Allotment>>();

  async function allot(claim: Claim & { limit: number }): Promise<Allotment> {
    const count = Math.max(1, Math.floor(claim.limit / 1_000));
    const spent = (await spend(db, [{ ...claim, count }])).get(claim.bucket) ?? Infinity;
    return { slot: claim.slot, left: Math.max(0, Math.min(count, claim.limit - (spent - count))) };
  }

  /** Those who come while one asks wait for its answer, and take from it. */
  async function drawOne(claim: Claim & { limit: number }): Promise<boolean> {
    // Spent up is spent up until the window ends: to ask again each time would count on without end.
    if ((overdrawn.get(claim.bucket) ?? clock.now()) > clock.now()) return false;
    for (;;) {
      const asked = allotments.get(claim.bucket);
      const held = await asked;
      if (held?.slot === claim.slot && held.left > 0) return --held.left >= 0;
      if (asked !== allotments.get(claim.bucket)) continue;
      const asking = allot(claim);
      allotments.set(claim.bucket, asking);
      asking.catch(() => allotments.delete(claim.bucket));
      const next = await asking;
      if (next.left > 0) continue;
      allotments.delete(claim.bucket);
      remember(claim);
      return false;
    }
  }

  return {
    async spend(claims) {
      const [within] = await spendAll([await claimsOf(claims)]);
      return within === true;
    },
    spendTogether: async (claims) => coalesced(await claimsOf(claims)),
    async prepare(claims) {
      const all = await claimsOf(claims);
      return () => spendWithin(db, all);
    },
    async draw(claims) {
      const drawn = await Promise.all((await claimsOf(claims)).map(drawOne));
      return drawn.every(Boolean);
    },
    async isOverdrawn(claims) {
      if (overdrawn.size === 0) return false;
      const now = clock.now();
      return (await claimsOf(claims)).some(({ bucket }) => (overdrawn.get(bucket) ?? now) > now);
    },
    purge: () => purgeBudgets(db, clock.now()),
  };
}
