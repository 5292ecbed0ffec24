import type { Database } from "#platform/database";

export async function savePlainFlow(
  db: Database,
  codeHash: Buffer,
  binding: Buffer,
  payload: Buffer,
  expiresAt: Date,
): Promise<void> {
  await db`
    insert into oidc.plain_flow (code_hash, binding, payload, expires_at)
    values (${codeHash}, ${binding}, ${payload}, ${expiresAt})`;
}

/** Redeems the code for the token, for exactly one of any number of parallel callers, who must present what it is bound to. */
export async function redeem(
  db: Database,
  codeHash: Buffer,
  binding: Buffer,
  tokenHash: Buffer,
  now: Date,
  tokenExpires: Date,
): Promise<Buffer | null> {
  const [row] = await db<{ payload: Buffer }>`
    update oidc.plain_flow set redeemed_at = ${now}, token_hash = ${tokenHash}, expires_at = ${tokenExpires}
    where code_hash = ${codeHash} and binding = ${binding} and redeemed_at is null and expires_at > ${now}
    returning payload`;
  return row?.payload ?? null;
}

/** RFC 6749 4.1.2: a code presented again takes back what it gave; with the row goes the token. */
export async function revokeRedeemed(db: Database, codeHash: Buffer, binding: Buffer): Promise<void> {
  await db`
    delete from oidc.plain_flow where code_hash = ${codeHash} and binding = ${binding} and redeemed_at is not null`;
}

export async function findByToken(
  db: Database,
  tokenHash: Buffer,
  now: Date,
): Promise<{ codeHash: Buffer; payload: Buffer } | null> {
  const [row] = await db<{ codeHash: Buffer; payload: Buffer }>`
    select code_hash as "codeHash", payload from oidc.plain_flow where token_hash = ${tokenHash} and expires_at > ${now}`;
  return row ?? null;
}

export async function purgePlainFlows(db: Database, now: Date, limit: number): Promise<number> {
  const gone = await db`
    delete from oidc.plain_flow where code_hash in
      (select code_hash from oidc.plain_flow where expires_at <= ${now} limit ${limit} for update skip locked)
    returning 1`;
  return gone.length;
}
