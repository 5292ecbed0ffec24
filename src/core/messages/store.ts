import type { Database } from "#platform/database";

export interface Claim {
  readonly bucket: string;
  readonly slot: number;
  readonly expiresAt: Date;
}

/** One statement for all: buckets in one order, so that two requests never wait for each other in a circle. */
export async function spend(db: Database, claims: readonly Claim[]): Promise<Map<string, number>> {
  const counted = [...Map.groupBy(claims, ({ bucket }) => bucket)]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, same]) => (same[0] ? [{ ...same[0], count: same.length }] : []));
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

export async function purgeBudgets(db: Database, now: Date): Promise<void> {
  await db`delete from messages.budget where expires_at < ${now}`;
}
