/** The network's memory: what was sent to each phone, and how the network treats that phone at the moment. */
import { randomUUID } from "node:crypto";
import { bind } from "#platform/bind";
import type { Clock } from "#platform/world";
import { openShelf, type Shelf } from "../kit/shelf.ts";
import { joinParts } from "./join-parts.ts";
import type { StoredPart, SmsMessage } from "./join-parts.ts";

export const NETWORK_MODES = ["normal", "slow", "drop", "reject", "duplicate"] as const;
export type NetworkMode = (typeof NETWORK_MODES)[number];

/** `seconds`: how late a `slow` network delivers (10 when not said); how long any other mode lasts (for ever when not said). */
export interface NetworkOrder {
  readonly mode: NetworkMode;
  readonly seconds?: number | undefined;
}

interface StoredOrder extends NetworkOrder {
  readonly phone: string;
  readonly since: string;
}

const SLOW_SECONDS = 10;

/** What each mode makes of a message: how many copies reach the phone, or null when the network refuses it. */
const COPIES: Readonly<Record<NetworkMode, number | null>> = { normal: 1, slow: 1, drop: 0, reject: null, duplicate: 2 };

interface Memory {
  readonly clock: Clock;
  readonly parts: Shelf<StoredPart>;
  readonly orders: Shelf<StoredOrder>;
  readonly byPhone: Map<string, StoredPart[]>;
}

export type Phones = ReturnType<typeof openPhones>;

export function openPhones({ clock, shelfFolder }: { readonly clock: Clock; readonly shelfFolder: string }) {
  const parts = openShelf<StoredPart>(shelfFolder, "sms");
  const orders = openShelf<StoredOrder>(shelfFolder, "phone-networks");
  const memory: Memory = { clock, parts, orders, byPhone: Map.groupBy(parts.entries, ({ to }) => to) };
  return bind(memory, { take, messagesOf, networkOf, setNetwork, list });
}

function networkOf({ orders, clock }: Memory, phone: string): NetworkOrder {
  const order = orders.entries.findLast((entry) => entry.phone === phone);
  return order && !isOver(order, clock.now()) ? { mode: order.mode, seconds: order.seconds } : { mode: "normal" };
}

function setNetwork({ orders, clock }: Memory, phone: string, order: NetworkOrder): void {
  orders.add({ phone, since: clock.now().toISOString(), mode: order.mode, seconds: order.seconds });
}

/** Says what becomes of it: `refused`, or the seconds until it is on the phone, or null when it will never be. */
function take(memory: Memory, part: Omit<StoredPart, "id" | "at">): "refused" | { readonly deliveredIn: number | null } {
  const network = networkOf(memory, part.to);
  const copies = COPIES[network.mode];
  if (copies === null) return "refused";
  const late = network.mode === "slow" ? (network.seconds ?? SLOW_SECONDS) : 0;
  const at = new Date(memory.clock.now().getTime() + late * 1000).toISOString();
  for (let copy = 0; copy < copies; copy += 1) store(memory, { ...part, id: randomUUID(), at });
  return { deliveredIn: copies === 0 ? null : late };
}

function store({ parts, byPhone }: Memory, part: StoredPart): void {
  parts.add(part);
  const earlier = byPhone.get(part.to);
  if (earlier) earlier.push(part);
  else byPhone.set(part.to, [part]);
}

/** Newest first; a message still on its way is not there yet. */
function messagesOf({ byPhone, clock }: Memory, phone: string): SmsMessage[] {
  const now = clock.now().toISOString();
  return joinParts((byPhone.get(phone) ?? []).filter((part) => part.at <= now))
    .sort((one, other) => one.at.localeCompare(other.at))
    .reverse();
}

/** The phones that were ever written to. */
function list({ byPhone }: Memory): string[] {
  return [...byPhone.keys()].sort();
}

function isOver(order: StoredOrder, now: Date): boolean {
  if (order.mode === "slow" || order.seconds === undefined) return false;
  return now.getTime() >= new Date(order.since).getTime() + order.seconds * 1000;
}
