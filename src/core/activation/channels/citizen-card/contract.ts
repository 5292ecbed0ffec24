/**
 * The sentences of the channel with the citizen card.
 *
 * - The card is asked a *question* and answers with a *proof* of who stands before us (core/citizen-cards).
 * - What was *learned* from card and registry is shown to its holder, who agrees to its being kept.
 */
import type { CardFailure, CardProof, CardQuestion, IdentifyByCardRefusal } from "#core/citizen-cards";
import type { Outcome } from "#platform/outcome";
import type { Applicant, CommonRefusal } from "../../common.ts";

/** Why this channel ends an activation, besides what ends any. */
export type CitizenCardRefusal =
  | IdentifyByCardRefusal
  | CardFailure
  | "consent.refused" // the holder did not agree to what was read
  | "key.changed" // another key came to be while this one was asked for
  | "key.kept"; // the holder kept the key they have

export type Decision = "authorise" | "refuse";

export interface CitizenCardSteps {
  /** Begins an activation, ending any other in this browser. */
  begin(applicant: Applicant): Promise<void>;
  /** What the card is asked with, anew each time; `returnTo` is where its door sends the browser back. */
  ask(
    applicant: Applicant,
    returnTo: string,
  ): Promise<Outcome<{ question: CardQuestion }, "activation.gone" | "activation.out-of-step">>;
  /** The card's answer, once: it is spent whatever comes of it. */
  identify(applicant: Applicant, proof: CardProof): Promise<Outcome<object, CommonRefusal | CitizenCardRefusal>>;
  /** The browser says that the card gave no answer: ends it. */
  fail(applicant: Applicant, failure: CardFailure | "card.absent"): Promise<void>;
  /** Agrees to what was read, or ends it. */
  agree(applicant: Applicant, decision: Decision): Promise<Outcome<object, CommonRefusal | CitizenCardRefusal>>;
  /** Lets the new key take the old one's place once it is there, or ends it. */
  replace(applicant: Applicant, decision: Decision): Promise<Outcome<object, CommonRefusal | CitizenCardRefusal>>;
}

export interface CitizenCardShown {
  /** In step "consent". */
  readonly learned: LearnedAttributes | null;
}

/** What was read from the card and the registry, for its holder to see and agree to. Days are "YYYY-MM-DD". */
export interface LearnedAttributes {
  readonly name: string;
  readonly civilId: string;
  readonly birthDate: string;
  readonly documentExpires: string;
  /** In one line. */
  readonly address: string | null;
}
