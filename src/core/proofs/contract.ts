/**
 * The sentences in which others speak with proofs.
 *
 * - *proof*: what a person shows so that we know who they are. Each kind is a folder here: what it asks, counts and judges.
 * - *occasion*: the very sign-in a proof is for, in the browser that asked. What was shown for one serves no other.
 * - *proven*: who it is, at which level, and what must be written with whatever the proof opens.
 */
import type { Level, Proof, ProofKind } from "#core/vocabulary";
import type { KeyAndCode } from "./key-and-code/contract.ts";
import type { AskedProofs } from "./kinds.ts";
import type { Contact } from "./proven.ts";

export interface Proofs {
  readonly keyAndCode: KeyAndCode;
  /** Those that are one question and one answer. */
  readonly asked: AskedProofs;
  /** Whether a proof of that kind is ever worth that level. */
  reaches(by: ProofKind, level: Level): boolean;
  /** Of the person's own key, where that may be used and is theirs alone: phone and e-mail. */
  contactOf(citizenId: string): Promise<Contact | null>;
  /** For what is done at once: not done unless the proof plainly still holds. Where it is not done, `keyHolds` says whether it does. */
  requireHolding(proof: Proof): readonly Promise<void>[];
  /** Whether what was proven with that key may still be used: false for one that is locked, expired, frozen or over. */
  keyHolds(keyId: string): Promise<boolean>;
  readonly jobKinds: KeyAndCode["jobKinds"];
}
