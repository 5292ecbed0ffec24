/** The table of acts, and each bound to the engine that goes through its steps. */
import type { KeyCondition } from "#core/mobile-keys";
import { untilShort } from "#platform/batches";
import { changeEmail } from "./change-email/change-email.ts";
import type { Act } from "./contract.ts";
import type { ActDefinition, ActNeeds } from "./definition.ts";
import { judgeCondition } from "./rules.ts";
import * as steps from "./steps.ts";
import { purge } from "./store.ts";
import { unblock } from "./unblock/unblock.ts";

const table = { unblock, "change-email": changeEmail };

export type ActName = keyof typeof table;
export type Acts = ReturnType<typeof createActs>;

export function createActs(needs: ActNeeds) {
  const { db, clock } = needs.floor;
  return {
    unblock: bound(needs, table.unblock),
    "change-email": bound(needs, table["change-email"]),
    purge: () => untilShort((limit) => purge(db, clock.now(), limit)),
  };
}

/** Which of them there are for a key in that condition; null where there is no key. */
export function actsFor(condition: KeyCondition | null): readonly ActName[] {
  const names = Object.keys(table) as ActName[]; // It has no others.
  return names.filter((name) => judgeCondition(table[name].obstacles, condition) === null);
}

function bound<Given, Typed extends object, Mistake extends string>(
  needs: ActNeeds,
  act: ActDefinition<Given, Typed, Mistake>,
): Act<Given, Mistake> {
  return {
    enterBy: act.proofs.includes("key-and-code") ? "key-or-card" : "card",
    view: (actor, wanted) => steps.view(needs, act, actor, wanted),
    give: (actor, given) => steps.give(needs, act, actor, given),
    resend: (actor) => steps.resend(needs, act, actor),
    confirm: (actor, code) => steps.confirm(needs, act, actor, code),
    cancel: (actor) => steps.cancel(needs, act, actor),
  };
}
