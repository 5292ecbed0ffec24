/** What is left of an activation that ended. */
import assert from "node:assert/strict";
import type { Visitor } from "../../src/core/vocabulary/index.ts";
import type { CoreWorld } from "./core-world.ts";
import { refusalOf } from "./core-world.ts";

/** Whatever is still kept of the activations of this browser, oldest first. */
export function activationsOf({ db }: Pick<CoreWorld, "db">, { session }: Visitor) {
  return db<{
    step: string;
    memory: Buffer | null;
    applicant: Buffer | null;
    maskedPhone: string | null;
    reason: string | null;
  }>`
    select step, memory, applicant, masked_phone as "maskedPhone", end_reason as reason from activation.activation
    where session_hash = sha256(${Buffer.from(session)}) order by created_at`;
}

/** Nothing but why it ended. */
export async function assertWiped(
  world: Pick<CoreWorld, "db" | "activation">,
  visitor: Visitor,
  reason: string,
): Promise<void> {
  const rows = await activationsOf(world, visitor);
  assert.deepEqual(
    rows.map(({ step: _, ...rest }) => rest),
    [{ memory: null, applicant: null, maskedPhone: null, reason }],
  );
  assert.equal(refusalOf(await world.activation.view(visitor)), "activation.gone");
}
