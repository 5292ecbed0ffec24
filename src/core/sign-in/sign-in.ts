import { untilShort } from "#platform/batches";
import { bind } from "#platform/bind";
import type { SignIn } from "./contract.ts";
import { begin } from "./beginning.ts";
import { askedBy } from "./by-asking.ts";
import { choosePin, confirm, identify, resend } from "./by-key.ts";
import { answer, cancel, decide } from "./deciding.ts";
import type { Needs, SignInNeeds } from "./needs.ts";
import { createRecentSignIns } from "./recent-sign-ins.ts";
import { createSlips } from "./slips.ts";
import * as store from "./store.ts";
import { view } from "./viewing.ts";

export type CreatedSignIn = SignIn & { purge(): Promise<void> };

export function createSignIn(given: SignInNeeds): CreatedSignIn {
  const { floor, sessions } = given;
  const needs: Needs = {
    ...given,
    slips: createSlips(floor),
    recent: createRecentSignIns(floor.clock),
    waysBack: new Map(),
  };
  sessions.alsoEnd((keyId, spared) => store.deleteOfKey(floor.db, keyId, spared));
  return {
    ...bind(needs, { begin, view, identify, resend, confirm, choosePin, decide, cancel, answer }),
    by: askedBy(needs),
    giveWayBack: (name, wayBack) => void needs.waysBack.set(name, wayBack),
    purge: () => untilShort((limit) => store.purgeRequests(floor.db, floor.clock.now(), limit)),
  };
}
