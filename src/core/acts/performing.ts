/** An act, confirmed, happens: all of it or nothing, and once. */
import { mustBeMove } from "#core/vocabulary";
import type { SignedIn } from "#core/sessions";
import type { ActRefusal } from "./contract.ts";
import { moves } from "./moves.ts";
import type { ActDefinition, ActNeeds } from "./definition.ts";
import { figures } from "./rules.ts";
import { open } from "./sealed.ts";
import { finish, hold } from "./store.ts";
import type { ActRow } from "./store.ts";

/** Thrown when something was done already, so that all of it is undone; answered outside. */
class Undone extends Error {
  override readonly name = "Undone";
  readonly refusal: ActRefusal;

  constructor(refusal: ActRefusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

interface Doing {
  readonly who: SignedIn;
  readonly browser: string;
}

/** Null when it happened. "act.out-of-step": somebody else's press was first. */
export async function perform<Given, Typed extends object, Mistake extends string>(
  needs: ActNeeds,
  act: ActDefinition<Given, Typed, Mistake>,
  row: ActRow,
  doing: Doing,
): Promise<ActRefusal | null> {
  const typed = await open<Typed>(needs.floor, row);
  if (!typed) return "act.out-of-step";
  try {
    await needs.floor.db.transaction(() => happen(needs, act, { row, typed, doing }));
    return null;
  } catch (fault) {
    if (fault instanceof Undone) return fault.refusal;
    throw fault;
  }
}

/** In the order in which others lock what is changed here: the act, then what its effect changes, then what is told of it. */
async function happen<Given, Typed extends object, Mistake extends string>(
  needs: ActNeeds,
  act: ActDefinition<Given, Typed, Mistake>,
  { row, typed, doing: { who, browser } }: { row: ActRow; typed: Typed; doing: Doing },
): Promise<void> {
  const { db, clock } = needs.floor;
  const { id, keyId, citizenId } = row;
  mustBeMove(moves, row.step, "done");
  if (!(await hold(db, id))) throw new Undone("act.out-of-step");
  const refusal = await act.effect(needs, typed, { keyId, browser });
  if (refusal !== null) throw new Undone(refusal);
  const key = await needs.people.keys.load(keyId);
  if (!key) throw new Undone("key.changed");
  const { kind, detail } = act.audited(typed);
  await needs.activity.record({ kind, citizenId, detail: { by: who.proof.by, ...detail } });
  const { say, formerEmail } = act.told(typed);
  await needs.messages.tell({ ...key, formerEmail: formerEmail ?? null }, say, `${kind} ${id}`);
  await finish(db, id, new Date(clock.now().getTime() + figures.doneLives));
}
