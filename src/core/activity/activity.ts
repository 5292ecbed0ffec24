import { bind } from "#platform/bind";
import type { Database } from "#platform/database";
import type { Ready } from "#platform/jobs";
import type { Secrets } from "#platform/secrets";
import type { Clock, Random } from "#platform/world";
import { check } from "./checking.ts";
import type { Activity, NewEvent, PastSignIn } from "./contract.ts";
import { seal } from "./sealing.ts";
import { sealOf } from "./seals.ts";
import { insertEvent, lastSignInOf } from "./store.ts";

export interface ActivityNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly secrets: Secrets;
}

export function createActivity(needs: ActivityNeeds): Activity {
  return bind({ ...needs, lookedWide: { at: 0 } }, { record, prepare, lastSignIn, seal, check });
}

async function record(needs: ActivityNeeds, event: NewEvent): Promise<void> {
  const insert = await prepare(needs, event);
  return insert();
}

async function prepare(needs: ActivityNeeds, { kind, citizenId, portalId, detail = {} }: NewEvent): Promise<Ready> {
  const { db, clock, random } = needs;
  const event = { id: random.uuid(), citizenId, kind, portalId: portalId ?? null, detail, at: clock.now() };
  const sealed = { ...event, mac: await sealOf(needs, event) };
  return () => insertEvent(db, sealed);
}

function lastSignIn({ db }: ActivityNeeds, citizenId: string, visitSince: Date): Promise<PastSignIn | null> {
  return lastSignInOf(db, citizenId, visitSince);
}
