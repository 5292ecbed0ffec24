/** What every kind of proof speaks of. */
import type { Level, Proof, Visitor } from "#core/vocabulary";
import type { KeySummary } from "#core/mobile-keys";
import type { Portal } from "#core/portals";
import type { Ready } from "#platform/jobs";
import type { Outcome } from "#platform/outcome";

export interface Occasion {
  readonly id: string;
  readonly portal: Portal;
  readonly visitor: Visitor;
}

/** What may be told of how to reach a person. */
export type Contact = Pick<KeySummary, "phone" | "email">;

export interface Proven {
  readonly citizenId: string;
  readonly proof: Proof;
  readonly level: Level;
  /** Null where there is no key, or none that may be used. */
  readonly contact: Contact | null;
  /** Done at once with what the proof opens: where it cannot be done, the proof is worth nothing and nothing is opened. */
  readonly ready: readonly Ready[];
}

/** A proof that is one question and one answer. */
export interface AskedProof<Of extends { question: object; shown: object; refusal: string }> {
  /** Anew each time. `returnTo`: the path to which the browser comes back with the answer. */
  ask(occasion: Omit<Occasion, "portal">, returnTo: string): Promise<Of["question"]>;
  /**
   * Spends what was shown, whatever comes of it: what turns up where it was not asked for serves nowhere any more. Who it is, is
   * looked up by `proven`, once it is known that it leads somewhere.
   */
  judge(
    occasion: Omit<Occasion, "portal">,
    shown: Of["shown"],
  ): Promise<Outcome<{ proven: () => Promise<Proven> }, Of["refusal"]>>;
}
