import type { Database } from "#platform/database";

export interface Claim {
  readonly bucket: string;
  readonly slot: number;
  readonly expiresAt: Date;
}

/** One statement for all: buckets in one order, so that two requests never wait for each other in a circle. */
export async function spend(db: Database, claims: readonly (Claim & { count?: number })[]): Promise<Map<string, number>> {
  const counted = [...Map.groupBy(claims, ({ bucket }) => bucket)]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, same]) => (same[0] ? [{ ...same[0], count: same.reduce((sum, { count = 1 }) => sum + count, 0) }] : []));
  const rows = await db<{ bucket: string; spent: number }>`
    insert into messages.budget (bucket, slot, spent, expires_at)
    select * from unnest(
      ${counted.map(({ bucket }) => bucket)}::text[],
      ${counted.map(({ slot }) => slot)}::bigint[],
      ${counted.map(({ count }) => count)}::integer[],
      ${counted.map(({ expiresAt }) => expiresAt.toISOString())}::timestamptz[]
    )
    on conflict (bucket, slot) do update set spent = messages.budget.spent + excluded.spent
    returning bucket, spent`;
  return new Map(rows.map((row) => [row.bucket, row.spent]));
}

/** One of each, unless any is spent up: for what is done at once. */
export async function spendWithin(db: Database, claims: readonly (Claim & { limit: number })[]): Promise<void> {
  const sorted = claims.toSorted((left, right) => (left.bucket < right.bucket ? -1 : 1));
  await db`
    with claim as (
      select * from unnest(
        ${sorted.map(({ bucket }) => bucket)}::text[],
        ${sorted.map(({ slot }) => slot)}::bigint[],
        ${sorted.map(({ limit }) => limit)}::integer[],
        ${sorted.map(({ expiresAt }) => expiresAt.toISOString())}::timestamptz[]
      ) as claim (bucket, slot, most, expires_at)
    ), spent as (
      insert into messages.budget (bucket, slot, spent, expires_at)
      select bucket, slot, 1, expires_at from claim
      on conflict (bucket, slot) do update set spent = messages.budget.spent + 1
      returning bucket, spent
    )
    select 1 / (count(*) = 0)::integer from spent join claim using (bucket) where spent > most`;
}

export async function purgeBudgets(db: Database, now: Date): Promise<void> {
  await db`delete from messages.budget where expires_at < ${now}`;
}
