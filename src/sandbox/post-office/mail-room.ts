/** The post office's memory: what was printed, what was delivered, what came back. */
import { createHash } from "node:crypto";
import type { Clock } from "#platform/world";
import { afterWorkingDays } from "#platform/working-days";
import { openShelf } from "../kit/shelf.ts";
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

export type MailRoom = ReturnType<typeof openMailRoom>;

export function openMailRoom({ clock, shelfFolder }: { readonly clock: Clock; readonly shelfFolder: string }) {
  const batches = openShelf<TakenBatch>(shelfFolder, "post-batches");
  const events = openShelf<LetterEvent>(shelfFolder, "post-events");
  const letters = new Map<string, PrintedLetter>();
  const last = new Map<string, LetterEvent>();
  for (const batch of batches.entries) for (const letter of batch.letters) letters.set(letter.id, letter);
  for (const event of events.entries) last.set(event.letter, event);

  /** One entry a batch, so that a death in the middle leaves all of it or none; a letter known from before is not printed again. */
  function take({ manifest, letters: handed }: Batch): "taken" | "already taken" | "another batch" {
    const known = batches.entries.find((batch) => batch.reference === manifest.reference);
    if (known) return handed.every(({ reference }) => letters.has(reference)) ? "already taken" : "another batch";
    const now = clock.now();
    const printed = handed
      .filter(({ reference }) => !letters.has(reference))
      .map(({ reference, civilId, kind, pdf }) => ({
        id: reference,
        civilId,
        kind,
        pdf,
        due: dueDate(reference, now).toISOString(),
      }));
    batches.add({ reference: manifest.reference, at: now.toISOString(), letters: printed });
    for (const letter of printed) letters.set(letter.id, letter);
    return "taken";
  }

  function note(event: LetterEvent): void {
    events.add(event);
    last.set(event.letter, event);
  }

  const held = () => [...letters.values()].filter((letter) => !last.has(letter.id));

  /** The postman walks whenever somebody looks: what fell due in between was delivered on its day. */
  function walk(): void {
    const now = clock.now().toISOString();
    const due = held().filter((letter) => letter.due <= now);
    for (const letter of due.sort((one, other) => one.due.localeCompare(other.due))) {
      note({ letter: letter.id, event: "delivered", at: letter.due });
    }
  }

  /** Delivers all that is held, now. Answers the letters' ids. */
  function deliverNow(): string[] {
    walk();
    const at = clock.now().toISOString();
    const hurried = held().map((letter) => letter.id);
    for (const letter of hurried) note({ letter, event: "delivered", at });
    return hurried;
  }

  /** What lies in the letterbox, newest first; a letter sent back is no longer there. */
  function letterbox(civilId: string): DeliveredLetter[] {
    walk();
    return [...letters.values()]
      .filter((letter) => letter.civilId === civilId)
      .flatMap(({ id, kind }) => {
        const event = last.get(id);
        return event?.event === "delivered" ? [{ id, kind, at: event.at, pdf: `/letters/${id}.pdf` }] : [];
      })
      .sort((one, other) => other.at.localeCompare(one.at));
  }

  function sendBack(id: string): "returned" | "already returned" | "unknown" {
    walk();
    if (!letters.has(id)) return "unknown";
    if (last.get(id)?.event === "returned") return "already returned";
    note({ letter: id, event: "returned", at: clock.now().toISOString() });
    return "returned";
  }

  /** @param after how many events the reader has seen. */
  function eventsAfter(after: number): { readonly events: readonly LetterEvent[]; readonly cursor: string } {
    walk();
    const fresh = events.entries.slice(after, after + 1_000);
    return { events: fresh, cursor: String(after + fresh.length) };
  }

  function pdfOf(id: string): Buffer | null {
    walk();
    const letter = last.has(id) ? letters.get(id) : undefined;
    return letter ? Buffer.from(letter.pdf, "base64") : null;
  }

  const addressees = () => [...new Set([...letters.values()].map((letter) => letter.civilId))].sort();
  const countHeld = () => (walk(), held().length);
  return { take, deliverNow, letterbox, sendBack, eventsAfter, pdfOf, addressees, countHeld };
}

/** Two to five working days, always the same for the same letter. */
function dueDate(reference: string, from: Date): Date {
  const draw = createHash("sha256").update(reference).digest().readUInt32BE(0) % DAYS_APART;
  return afterWorkingDays(from, FEWEST_DAYS + draw);
}
