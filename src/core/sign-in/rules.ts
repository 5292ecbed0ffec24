/** Pure decisions of signing in (docs/law.md#sign-in-steps). */
import type { AttributeName, Proof, RequestedAttribute } from "#core/vocabulary";
import type { Portal } from "#core/portals";
import { minutes } from "#platform/duration";

export const figures = {
  /** How long a sign-in may take from the portal's request to the answer. */
  requestLives: minutes(30),
  /** After the person decided, the protocol must fetch the answer. */
  answerLives: minutes(5),
} as const;

/** Whoever enters what is ours gives nothing to anybody: there is nothing to consent to. */
export function stepAfterProof({ isOurselves = false }: Pick<Portal, "isOurselves">): "consent" | "finished" {
  return isOurselves ? "finished" : "consent";
}

/** What the person's history says of how they proved who they are: nothing of the key, which is how it is done as a rule. */
export function detailOf(proof: Proof | null): { readonly by?: Exclude<Proof["by"], "key-and-code"> } {
  return proof === null || proof.by === "key-and-code" ? {} : { by: proof.by };
}

/** docs/law.md#consent. What the portal is told: required attributes and the optional ones left ticked, of those asked, where we have a value. */
export function authorised(
  asked: readonly RequestedAttribute[],
  ticked: readonly AttributeName[],
  values: Readonly<Partial<Record<AttributeName, string | null>>>,
): Partial<Record<AttributeName, string>> {
  const told = asked.filter(({ name, required }) => required || ticked.includes(name));
  return Object.fromEntries(told.flatMap(({ name }) => (typeof values[name] === "string" ? [[name, values[name]]] : [])));
}
