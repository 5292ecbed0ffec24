/**
 * How much may be sent, and asked, in a while: each row is a counter per whatever it names. A table, so that the law can be
 * read; spent atomically, so that parallel requests cannot overdraw
 * (docs/law.md#sending-budgets, docs/law.md#address-budget).
 */
import type { Database } from "#platform/database";
import type { Secrets } from "#platform/secrets";
import type { Clock } from "#platform/world";
import { bind } from "#platform/bind";
import { createBoundedCache } from "#platform/bounded-cache";
import type { BoundedCache } from "#platform/bounded-cache";
import { createCoalesced } from "#platform/coalesce";
import type { Ready } from "#platform/jobs";
import * as store from "./store.ts";
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

/** Of what, for whom. `whom` never reaches the table in the clear. */
export type Claims = Partial<Record<BudgetRule, string>>;

export interface Budgets {
  /** Spends one of each; false when any of them is overdrawn. */
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

export interface BudgetNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly secrets: Secrets;
}

interface Needs extends BudgetNeeds {
  /** Buckets that this process has seen spent up; the oldest make room. */
  readonly overdrawn: BoundedCache<true>;
  /** What this process has drawn ahead, by bucket. */
  readonly allotments: Map<string, Promise<Allotment>>;
}

interface Allotment {
  readonly slot: number;
  left: number;
}

type LimitedClaim = Claim & { readonly limit: number };

export function createBudgets(budgetNeeds: BudgetNeeds): Budgets {
  const overdrawn = createBoundedCache<true>({ most: 10_000, clock: budgetNeeds.clock });
  const needs: Needs = { ...budgetNeeds, overdrawn, allotments: new Map() };
  const coalesced = createCoalesced((requests: readonly (readonly LimitedClaim[])[]) => spendAll(needs, requests));
  return {
    ...bind(needs, { spend, prepare, draw, isOverdrawn, purge }),
    spendTogether: async (claims) => coalesced(await claimsOf(needs, claims)),
  };
}

async function spend(needs: Needs, claims: Claims): Promise<boolean> {
  const [within] = await spendAll(needs, [await claimsOf(needs, claims)]);
  return within === true;
}

async function prepare(needs: Needs, claims: Claims): Promise<Ready> {
  const limited = await claimsOf(needs, claims);
  return () => store.spendWithin(needs.db, limited);
}

async function draw(needs: Needs, claims: Claims): Promise<boolean> {
  const drawn = await Promise.all((await claimsOf(needs, claims)).map((claim) => drawOne(needs, claim)));
  return drawn.every(Boolean);
}

async function isOverdrawn(needs: Needs, claims: Claims): Promise<boolean> {
  const [any] = needs.overdrawn.entries();
  if (any === undefined) return false; // The rule, and then not even a hash is made.
  return (await claimsOf(needs, claims)).some(({ bucket }) => needs.overdrawn.get(bucket));
}

function purge({ db, clock }: Needs): Promise<void> {
  return store.purgeBudgets(db, clock.now());
}

/** `as`: the names of claims are those of rules, by their type. */
function claimsOf(needs: Needs, claims: Claims): Promise<LimitedClaim[]> {
  return Promise.all(Object.entries(claims).map(([rule, whom]) => claimOf(needs, rule as BudgetRule, whom)));
}

async function claimOf({ clock, secrets }: Needs, rule: BudgetRule, whom: string): Promise<LimitedClaim> {
  const { limit, window } = budgetRules[rule];
  const slot = Math.floor(clock.now().getTime() / 1000 / window);
  const mac = await secrets.mac("personal", `${rule}\n${whom}`);
  const bucket = `${rule}:${mac.toString("base64url", 0, 16)}`;
  return { bucket, slot, limit, expiresAt: new Date((slot + 1) * window * 1000) };
}

/** Until its window ends. */
function rememberOverdrawn({ overdrawn, clock }: Needs, { bucket, expiresAt }: Claim): void {
  overdrawn.set(bucket, true, expiresAt.getTime() - clock.now().getTime());
}

async function spendAll(needs: Needs, requests: readonly (readonly LimitedClaim[])[]): Promise<boolean[]> {
  const all = requests.flat();
  const spent = await store.spend(needs.db, all);
  for (const { bucket } of all) spent.set(bucket, (spent.get(bucket) ?? 0) - 1);
  return requests.map((claims) => judge(needs, claims, spent));
}

/** Of several claims on one bucket in one statement, the first ones still fit. `spent` grows by each. */
function judge(needs: Needs, claims: readonly LimitedClaim[], spent: Map<string, number>): boolean {
  const over = claims.filter(({ bucket, limit }) => {
    const before = spent.get(bucket) ?? 0;
    spent.set(bucket, before + 1);
    return before + 1 > limit;
  });
  for (const claim of over) rememberOverdrawn(needs, claim);
  return over.length === 0;
}

async function allot({ db }: Needs, claim: LimitedClaim): Promise<Allotment> {
  const count = Math.max(1, Math.floor(claim.limit / 1_000));
  const spent = (await store.spend(db, [{ ...claim, count }])).get(claim.bucket) ?? Infinity;
  return { slot: claim.slot, left: Math.max(0, Math.min(count, claim.limit - (spent - count))) };
}

/** Those who come while one asks wait for its answer, and take from it. */
async function drawOne(needs: Needs, claim: LimitedClaim): Promise<boolean> {
  const { allotments, overdrawn } = needs;
  // Spent up is spent up until the window ends: to ask again each time would count on without end.
  if (overdrawn.get(claim.bucket)) return false;
  for (;;) {
    const asked = allotments.get(claim.bucket);
    const held = await asked;
    if (held?.slot === claim.slot && held.left > 0) return --held.left >= 0;
    if (asked !== allotments.get(claim.bucket)) continue;
    const asking = allot(needs, claim);
    allotments.set(claim.bucket, asking);
    asking.catch(() => allotments.delete(claim.bucket));
    const next = await asking;
    if (next.left > 0) continue;
    allotments.delete(claim.bucket);
    rememberOverdrawn(needs, claim);
    return false;
  }
}
