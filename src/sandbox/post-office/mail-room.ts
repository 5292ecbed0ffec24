/** The post office's memory: what was printed, what was delivered, what came back. */
import { createHash } from "node:crypto";
import { bind } from "#platform/bind";
import type { Clock } from "#platform/world";
import { afterWorkingDays } from "#platform/working-days";
import { openShelf, type Shelf } from "../kit/shelf.ts";
import type { Batch } from "./open-batch.ts";

interface PrintedLetter {
  readonly id: string;
  readonly civilId: string;
  readonly kind: string;
  readonly pdf: string;
  /** When the postman will have been there, if nobody hurries him. */
  readonly due: string;
}

interface TakenBatch {
  readonly reference: string;
  readonly at: string;
  readonly letters: readonly PrintedLetter[];
}

export interface LetterEvent {
  readonly letter: string;
  readonly event: "delivered" | "returned";
  readonly at: string;
}

export interface DeliveredLetter {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  /** Its path on this hub. */
  readonly pdf: string;
}

const FEWEST_DAYS = 2;
const DAYS_APART = 4;

interface Room {
  readonly clock: Clock;
  readonly batches: Shelf<TakenBatch>;
  readonly events: Shelf<LetterEvent>;
  readonly letters: Map<string, PrintedLetter>;
  /** What happened last to a letter; nothing yet to one that is held. */
  readonly last: Map<string, LetterEvent>;
}

export type MailRoom = ReturnType<typeof openMailRoom>;

export function openMailRoom({ clock, shelfFolder }: { readonly clock: Clock; readonly shelfFolder: string }) {
  const batches = openShelf<TakenBatch>(shelfFolder, "post-batches");
  const events = openShelf<LetterEvent>(shelfFolder, "post-events");
  const letters = new Map(batches.entries.flatMap((batch) => batch.letters.map((letter) => [letter.id, letter])));
  const last = new Map(events.entries.map((event) => [event.letter, event]));
  const room: Room = { clock, batches, events, letters, last };
  return bind(room, { take, deliverNow, letterbox, sendBack, eventsAfter, pdfOf, addressees, countHeld });
}

/** One entry a batch, so that a death in the middle leaves all of it or none; a letter that was printed before is not printed again. */
function take(room: Room, { manifest: { reference }, letters: handed }: Batch): "taken" | "already taken" | "another batch" {
  const { batches, letters, clock } = room;
  if (batches.entries.some((batch) => batch.reference === reference))
    return handed.every((letter) => letters.has(letter.reference)) ? "already taken" : "another batch";
  const now = clock.now();
  const printed = handed.filter((letter) => !letters.has(letter.reference)).map((letter) => print(letter, now));
  batches.add({ reference, at: now.toISOString(), letters: printed });
  for (const letter of printed) letters.set(letter.id, letter);
  return "taken";
}

function print({ reference, civilId, kind, pdf }: Batch["letters"][number], now: Date): PrintedLetter {
  return { id: reference, civilId, kind, pdf, due: dueDate(reference, now).toISOString() };
}

function note({ events, last }: Room, event: LetterEvent): void {
  events.add(event);
  last.set(event.letter, event);
}

function held({ letters, last }: Room): PrintedLetter[] {
  return [...letters.values()].filter((letter) => !last.has(letter.id));
}

/** The postman walks whenever somebody looks: what fell due in between was delivered on its day. */
function walk(room: Room): void {
  const now = room.clock.now().toISOString();
  const due = held(room).filter((letter) => letter.due <= now);
  for (const letter of due.sort((one, other) => one.due.localeCompare(other.due)))
    note(room, { letter: letter.id, event: "delivered", at: letter.due });
}

/** Delivers all that is held, now. Answers the letters' ids. */
function deliverNow(room: Room): string[] {
  walk(room);
  const at = room.clock.now().toISOString();
  const hurried = held(room).map((letter) => letter.id);
  for (const letter of hurried) note(room, { letter, event: "delivered", at });
  return hurried;
}

/** What lies in the letterbox, newest first; a letter sent back is no longer there. */
function letterbox(room: Room, civilId: string): DeliveredLetter[] {
  walk(room);
  return [...room.letters.values()]
    .filter((letter) => letter.civilId === civilId)
    .flatMap(({ id, kind }) => {
      const event = room.last.get(id);
      return event?.event === "delivered" ? [{ id, kind, at: event.at, pdf: `/letters/${id}.pdf` }] : [];
    })
    .sort((one, other) => other.at.localeCompare(one.at));
}

function sendBack(room: Room, id: string): "returned" | "already returned" | "unknown" {
  walk(room);
  if (!room.letters.has(id)) return "unknown";
  if (room.last.get(id)?.event === "returned") return "already returned";
  note(room, { letter: id, event: "returned", at: room.clock.now().toISOString() });
  return "returned";
}

/** @param after how many events the reader has seen. */
function eventsAfter(room: Room, after: number): { readonly events: readonly LetterEvent[]; readonly cursor: string } {
  walk(room);
  const fresh = room.events.entries.slice(after, after + 1_000);
  return { events: fresh, cursor: String(after + fresh.length) };
}

function pdfOf(room: Room, id: string): Buffer | null {
  walk(room);
  const letter = room.last.has(id) ? room.letters.get(id) : undefined;
  return letter ? Buffer.from(letter.pdf, "base64") : null;
}

function addressees({ letters }: Room): string[] {
  return [...new Set([...letters.values()].map((letter) => letter.civilId))].sort();
}

function countHeld(room: Room): number {
  walk(room);
  return held(room).length;
}

/** Two to five working days, always the same for the same letter. */
function dueDate(reference: string, from: Date): Date {
  const draw = createHash("sha256").update(reference).digest().readUInt32BE(0) % DAYS_APART;
  return afterWorkingDays(from, FEWEST_DAYS + draw);
}
