import type { Database } from "#platform/database";

export interface Claim {
  readonly bucket: string;
  readonly slot: number;
  readonly expiresAt: Date;
}

/** One statement for all: buckets in one order, so that two requests never wait for each other in a circle. */
export async function spend(db: Database, claims: readonly Claim[]): Promise<Map<string, number>> {
  const sorted = claims.toSorted((left, right) => (left.bucket < right.bucket ? -1 : 1));
  const rows = await db<{ bucket: string; spent: number }>`
    insert into messages.budget (bucket, slot, spent, expires_at)
    select claim.bucket, claim.slot::bigint, 1, claim.expires_at::timestamptz
    from unnest(
      ${sorted.map((claim) => claim.bucket)}::text[],
      ${sorted.map((claim) => String(claim.slot))}::text[],
      ${sorted.map((claim) => claim.expiresAt.toISOString())}::text[]
    ) as claim (bucket, slot, expires_at)
    on conflict (bucket, slot) do update set spent = messages.budget.spent + 1
    returning bucket, spent`;
  return new Map(rows.map((row) => [row.bucket, row.spent]));
}

export async function purgeBudgets(db: Database, now: Date): Promise<void> {
  await db`delete from messages.budget where expires_at < ${now}`;
}
