import { bind } from "#platform/bind";
import type { Floor } from "#platform/floor";
import type { Stretch } from "#platform/stretch";
import type { MobileKeys, NewMobileKey, OwnedKey } from "./contract.ts";
import type { Needs } from "./needs.ts";
import * as pinUses from "./pin-uses.ts";
import { createPins } from "./pins.ts";
import type { PinMode, PinRecord } from "./pins.ts";
import { conditionOf, figures, judgeKey } from "./rules.ts";
import * as store from "./store.ts";
import type { KeySummary } from "./store.ts";
import * as tries from "./tries.ts";

export interface MobileKeyNeeds {
  readonly floor: Floor;
  readonly stretch: Stretch;
  readonly pinMode: PinMode;
}

const life = { create, replace, changeEmail, endPending };
const queries = { load, loadUsable, living, owned, phoneIsTaken, ownerOf, spentTemporary };

export function createMobileKeys({ floor, stretch, pinMode }: MobileKeyNeeds): MobileKeys {
  const { db, clock, random, secrets } = floor;
  const pins = createPins({ secrets, stretch, random, mode: pinMode });
  return bind({ db, clock, pins }, { ...tries, ...pinUses, ...life, ...queries });
}

function create({ db, clock }: Needs, key: NewMobileKey, pin: PinRecord): Promise<boolean> {
  return store.insertKey(db, key, pin, clock.now());
}

function replace({ db, clock }: Needs, keyId: string): Promise<boolean> {
  return store.replaceKey(db, keyId, clock.now());
}

function changeEmail({ db, clock }: Needs, keyId: string, email: string | null, former: string | null): Promise<boolean> {
  const locks = { failures: figures.lock, codeFailures: figures.codeFailures };
  return store.changeEmail(db, keyId, { email, former, locks, now: clock.now() });
}

function endPending({ db, clock }: Needs, keyId: string, reason: string): Promise<boolean> {
  return store.endPending(db, keyId, reason, clock.now());
}

function load({ db }: Needs, keyId: string): Promise<KeySummary | null> {
  return store.loadKeyById(db, keyId);
}

async function loadUsable({ db, clock }: Needs, keyId: string): Promise<KeySummary | null> {
  const key = await store.loadKeyById(db, keyId);
  return key && judgeKey(key, clock.now()) === null ? key : null;
}

function living({ db }: Needs, citizenId: string): ReturnType<MobileKeys["living"]> {
  return store.livingKeyOf(db, citizenId);
}

async function owned({ db, clock }: Needs, citizenId: string): Promise<OwnedKey | null> {
  const key = await store.loadLivingKey(db, citizenId);
  if (!key) return null;
  const { id, phone, email, language, validUntil } = key;
  return { id, condition: conditionOf(key, clock.now()), phone, email, language, validUntil };
}

function phoneIsTaken({ db }: Needs, phone: string): Promise<boolean> {
  return store.phoneIsTaken(db, phone);
}

function ownerOf({ db }: Needs, phone: string): Promise<KeySummary | null> {
  return store.loadKeyByPhone(db, phone, Buffer.alloc(0));
}

function spentTemporary({ db, clock }: Needs): Promise<string[]> {
  return store.endedTemporary(db, clock.now(), 500, figures.temporaryLock, figures.codeFailures);
}
