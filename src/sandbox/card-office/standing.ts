/** How a card stands: whether its certificates hold, and what its PIN counter says. Every event is kept, with its time. */
import type { Clock } from "#platform/world";
import { openShelf } from "../kit/shelf.ts";
import type { Card } from "./cards.ts";

export const STANDINGS = ["good", "suspended", "revoked"] as const;
export type Standing = (typeof STANDINGS)[number];

/** Reasons as numbered in RFC 5280 5.3.1. */
export const REASON = {
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
} as const;
export type Reason = keyof typeof REASON;

export interface Revocation {
  readonly standing: "suspended" | "revoked";
  readonly reason: Reason;
  readonly at: Date;
}

export type PinVerdict =
  { readonly verdict: "right" } | { readonly verdict: "wrong"; readonly triesLeft: number } | { readonly verdict: "blocked" };

const MOST_TRIES = 3;

type CardEvent =
  | { readonly card: string; readonly at: string; readonly standing: Standing; readonly reason?: Reason }
  | { readonly card: string; readonly at: string; readonly pin: "tried" | "right" | "unblocked" };

export interface CardStandings {
  /** Why the card's certificates no longer hold; undefined while they do. */
  revocationOf(card: Card): Revocation | undefined;
  /** False for a card that is revoked: that is for ever (RFC 5280 5.3.1: only a hold can be lifted). */
  set(card: Card, standing: Standing, reason?: Reason): boolean;
  triesLeft(card: Card): number;
  /** Counted before it is judged, as on the chip: pulling the card out buys no try. */
  tryPin(card: Card, pin: string): PinVerdict;
  unblock(card: Card): void;
}

export function createCardStandings({
  clock,
  shelfFolder,
}: {
  readonly clock: Clock;
  readonly shelfFolder: string;
}): CardStandings {
  const shelf = openShelf<CardEvent>(shelfFolder, "card-events");
  const revocations = new Map<string, Revocation>();
  const tries = new Map<string, number>();

  function learn(event: CardEvent): void {
    if ("pin" in event) tries.set(event.card, event.pin === "tried" ? (tries.get(event.card) ?? 0) + 1 : 0);
    else if (event.standing === "good") revocations.delete(event.card);
    else
      revocations.set(event.card, {
        standing: event.standing,
        reason: event.reason ?? usual(event.standing),
        at: new Date(event.at),
      });
  }
  shelf.entries.forEach(learn);

  function record(event: CardEvent): void {
    shelf.add(event);
    learn(event);
  }
  const stamp = (card: Card) => ({ card: card.id, at: clock.now().toISOString() });
  const triesLeft = (card: Card) => Math.max(0, MOST_TRIES - (tries.get(card.id) ?? 0));

  function tryPin(card: Card, pin: string): PinVerdict {
    if (triesLeft(card) === 0) return { verdict: "blocked" };
    record({ ...stamp(card), pin: "tried" });
    if (pin !== card.pin)
      return triesLeft(card) === 0 ? { verdict: "blocked" } : { verdict: "wrong", triesLeft: triesLeft(card) };
    record({ ...stamp(card), pin: "right" });
    return { verdict: "right" };
  }

  function set(card: Card, standing: Standing, reason?: Reason): boolean {
    if (revocations.get(card.id)?.standing === "revoked") return standing === "revoked";
    record({ ...stamp(card), standing, ...(reason === undefined ? {} : { reason }) });
    return true;
  }
  return {
    revocationOf: (card) => revocations.get(card.id),
    set,
    triesLeft,
    tryPin,
    unblock: (card) => record({ ...stamp(card), pin: "unblocked" }),
  };
}

const usual = (standing: "suspended" | "revoked"): Reason =>
  standing === "suspended" ? "certificateHold" : "cessationOfOperation";
