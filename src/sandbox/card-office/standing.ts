/** How a card stands: whether its certificates hold, and what its PIN counter says. Every event is kept, with its time. */
import { bind } from "#platform/bind";
import type { Clock } from "#platform/world";
import { openShelf, type Shelf } from "../kit/shelf.ts";
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

interface Ledger {
  readonly clock: Clock;
  readonly shelf: Shelf<CardEvent>;
  readonly revocations: Map<string, Revocation>;
  /** Wrong PINs since the last right one, by card. */
  readonly tries: Map<string, number>;
}

interface Needs {
  readonly clock: Clock;
  readonly shelfFolder: string;
}

export function createCardStandings({ clock, shelfFolder }: Needs): CardStandings {
  const shelf = openShelf<CardEvent>(shelfFolder, "card-events");
  const ledger: Ledger = { clock, shelf, revocations: new Map(), tries: new Map() };
  for (const event of shelf.entries) learn(ledger, event);
  return bind(ledger, { revocationOf, set, triesLeft, tryPin, unblock });
}

function learn({ revocations, tries }: Ledger, event: CardEvent): void {
  const { card } = event;
  if ("pin" in event) tries.set(card, event.pin === "tried" ? (tries.get(card) ?? 0) + 1 : 0);
  else if (event.standing === "good") revocations.delete(card);
  else {
    const { standing, at } = event;
    const reason = event.reason ?? usual(standing);
    revocations.set(card, { standing, reason, at: new Date(at) });
  }
}

function record(ledger: Ledger, event: CardEvent): void {
  ledger.shelf.add(event);
  learn(ledger, event);
}

const stamp = ({ clock }: Ledger, card: Card) => ({ card: card.id, at: clock.now().toISOString() });

function revocationOf({ revocations }: Ledger, card: Card): Revocation | undefined {
  return revocations.get(card.id);
}

function set(ledger: Ledger, card: Card, standing: Standing, reason?: Reason): boolean {
  if (revocationOf(ledger, card)?.standing === "revoked") return standing === "revoked";
  record(ledger, { ...stamp(ledger, card), standing, ...(reason === undefined ? {} : { reason }) });
  return true;
}

function triesLeft({ tries }: Ledger, card: Card): number {
  return Math.max(0, MOST_TRIES - (tries.get(card.id) ?? 0));
}

function tryPin(ledger: Ledger, card: Card, pin: string): PinVerdict {
  if (triesLeft(ledger, card) === 0) return { verdict: "blocked" };
  record(ledger, { ...stamp(ledger, card), pin: "tried" });
  if (pin !== card.pin) {
    const left = triesLeft(ledger, card);
    return left === 0 ? { verdict: "blocked" } : { verdict: "wrong", triesLeft: left };
  }
  record(ledger, { ...stamp(ledger, card), pin: "right" });
  return { verdict: "right" };
}

function unblock(ledger: Ledger, card: Card): void {
  record(ledger, { ...stamp(ledger, card), pin: "unblocked" });
}

const usual = (standing: "suspended" | "revoked"): Reason =>
  standing === "suspended" ? "certificateHold" : "cessationOfOperation";
