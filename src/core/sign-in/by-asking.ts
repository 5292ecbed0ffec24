/**
 * The person proves who they are with one answer to one question, such as the citizen card's: on to the consent at once.
 *
 * Asking keeps nothing of the sign-in, and neither does an answer that is refused: it is kept, as after phone and PIN, when
 * somebody has proven who they are.
 */
import type { Visitor } from "#core/vocabulary";
import type { AskedKind, AskedKinds, AskedProof, Proven } from "#core/proofs";
import { fingerprint } from "#platform/fingerprint";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import type { AskedInSignIn, Gone, OutOfStep, SignIn } from "./contract.ts";
import { loadAt } from "./load.ts";
import type { Loaded } from "./load.ts";
import type { Needs } from "./needs.ts";
import { opened, openingStatements } from "./opening.ts";
import * as store from "./store.ts";

type Kind = AskedKinds[AskedKind];

/** What is kept counts, whatever slip the browser may still carry. */
const waiting = { in: ["row", "slip"], step: "identify" } as const;

/** Of each kind that there is. */
export function askedBy(needs: Needs): SignIn["by"] {
  const proofs = Object.entries<AskedProof<Kind>>(needs.proofs.asked);
  const kinds = proofs.map(([by, proof]) => [by, askedInSignIn(needs, proof)] as const);
  // `as`: Object.fromEntries forgets which name has which type.
  return Object.fromEntries(kinds) as SignIn["by"];
}

function askedInSignIn<Of extends Kind>(needs: Needs, proof: AskedProof<Of>): AskedInSignIn<Of> {
  return {
    ask: (id, visitor, returnTo) => ask(needs, proof, id, visitor, returnTo),
    show: (id, visitor, shown) => show(needs, proof, id, visitor, shown),
  };
}

async function ask<Of extends Kind>(needs: Needs, proof: AskedProof<Of>, id: string, visitor: Visitor, returnTo: string) {
  const found = await loadAt(needs, id, visitor, waiting);
  return found.ok ? { ...done, question: await proof.ask({ id, visitor }, returnTo) } : found;
}

async function show<Of extends Kind>(
  needs: Needs,
  proof: AskedProof<Of>,
  id: string,
  visitor: Visitor,
  shown: Of["shown"],
): Promise<Outcome<{ signedIn: string }, Gone | OutOfStep | Of["refusal"]>> {
  const found = await loadAt(needs, id, visitor, waiting);
  const judged = await proof.judge({ id, visitor }, shown);
  if (!found.ok) return found;
  if (!judged.ok) return judged;
  return goOn(needs, found, await judged.proven(), visitor);
}

async function goOn(needs: Needs, here: Pick<Loaded, "request" | "portal">, proven: Proven, visitor: Visitor) {
  const { db, clock } = needs.floor;
  const opening = await opened(needs, here, proven, await needs.citizens.load(proven.citizenId));
  const moved = await db.atOnce(() => [
    store.moveByAnswer(db, here.request, fingerprint(visitor.session), opening.row, clock.now()),
    ...openingStatements(needs, opening, proven, visitor),
  ]);
  needs.recent.forget(here.request.id);
  return moved === null ? refused("sign-in.out-of-step") : { ...done, signedIn: opening.session.secret };
}
