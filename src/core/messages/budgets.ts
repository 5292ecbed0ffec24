/**
 * How much may be sent, and asked, in a while: each row is a counter per whatever it names. A table, so that the law can be
 * read; spent atomically, so that parallel requests cannot overdraw.
 */
import type { Database } from "#platform/database";
import type { Secrets } from "#platform/secrets";
import type { Clock } from "#platform/world";
import { purgeBudgets, spend } from "./store.ts";

export type BudgetRule = keyof typeof budgetRules;

/** Windows in seconds. The burst stays far above what a person needs and far below what an attacker wants. */
export const budgetRules = {
  "code-per-number": { limit: 8, window: 3_600 },
  "code-per-number-a-day": { limit: 30, window: 86_400 },
  "code-per-address": { limit: 120, window: 3_600 },
  "code-per-portal": { limit: 100_000, window: 3_600 },
  "code-unusual-prefix": { limit: 200, window: 3_600 },
  "code-global": { limit: 1_000_000, window: 3_600 },
  "identify-per-address": { limit: 300, window: 600 },
  "notice-per-number": { limit: 5, window: 86_400 },
} as const;

export interface Budgets {
  /** Spends one of each; false when any of them is overdrawn. `whom` never reaches the table in the clear. */
  spend(claims: Partial<Record<BudgetRule, string>>): Promise<boolean>;
  purge(): Promise<void>;
}

export function createBudgets({ db, clock, secrets }: { db: Database; clock: Clock; secrets: Secrets }): Budgets {
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

  return {
    async spend(claims) {
      const now = clock.now().getTime();
      const rows = await Promise.all(Object.entries(claims).map(([rule, whom]) => claimOf(rule as BudgetRule, whom, now)));
      const spent = await spend(db, rows);
      return rows.every((row) => (spent.get(row.bucket) ?? 0) <= row.limit);
    },
    purge: () => purgeBudgets(db, clock.now()),
  };
}
