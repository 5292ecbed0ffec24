/** By what somebody proved who they are; kept as it was, with whatever it opened. Another kind is another member here. */
export type Proof = { readonly by: "key-and-code"; readonly keyId: string } | { readonly by: "citizen-card" };

export type ProofKind = Proof["by"];

/** The mobile key that belongs to the proof, and with which it ends; null where none does. */
export function keyOf(proof: Proof): string | null {
  return proof.by === "citizen-card" ? null : proof.keyId;
}

/** A proof as rows keep it, in two columns. Throws where they contradict each other: nobody wrote such a row. */
export function proofOf(by: ProofKind, keyId: string | null): Proof {
  if (by === "citizen-card") return { by };
  if (keyId === null) throw new Error(`a proof by ${by} has lost its key`);
  return { by, keyId };
}
