/**
 * The sentences in which others write down what happened, and ask what did.
 *
 * - An *event* is one thing that happened: written once, with the act it tells of, under a *seal* of its own.
 * - The *chain* is the auditor's: each *link* holds the hash of an event and is hashed with the link before. Its *head* is kept apart.
 */
import type { Ready } from "#platform/jobs";

export type EventKind =
  | "activation.requested"
  | "activation.completed"
  | "key.replaced"
  | "letter.returned"
  | "letter.expired"
  | "sign-in.authorised"
  | "sign-in.refused-by-person"
  | "sign-in.code-failed"
  | "key.pin-chosen"
  | "key.locked"
  | "key.unblocked"
  | "key.email-changed"
  | "reserved-area.entered";

export interface NewEvent {
  readonly kind: EventKind;
  readonly citizenId: string | null;
  readonly portalId?: string;
  /** Never a secret, never a value the person gave to a portal. */
  readonly detail?: Readonly<Record<string, string | number | readonly string[]>>;
}

export interface PastSignIn {
  readonly portalId: string;
  readonly at: Date;
  readonly byCard: boolean;
}

export interface Activity {
  /** Joins the transaction of the act it tells of. */
  record(event: NewEvent): Promise<void>;
  /** Seals it; what is answered records it, in one statement, for what is done at once. */
  prepare(event: NewEvent): Promise<Ready>;
  /** The person's last sign-in at a portal, or entry to the reserved area before `visitSince`; null when none is kept. */
  lastSignIn(citizenId: string, visitSince: Date): Promise<PastSignIn | null>;
  /**
   * Appends events to the auditor's chain. Beside the act and not in it: a chain is one after another by nature, and
   * sign-ins must not queue for it. Until then an event has its own seal: one altered or forged meanwhile is found as well.
   */
  seal(): Promise<{ sealed: number }>;
  /** Reads the whole chain. `broken` is the first position that does not hold. */
  check(): Promise<{ readonly links: number; readonly broken: number | null }>;
}
