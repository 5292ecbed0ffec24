/** When a session lives, and what it spares (docs/law.md#session). Pure. */
import type { Level } from "#core/vocabulary";
import type { Asked } from "./contract.ts";

const minute = 60_000;

/** Milliseconds. */
export const figures = {
  idle: 60 * minute,
  lives: 8 * 60 * minute,
} as const;

export interface SessionStanding {
  readonly level: Level;
  readonly attributes: readonly string[];
  readonly seenAt: Date;
  readonly endsAt: Date;
}

/** A session spares the proof only for the same attributes at the same or a lower level. Consent is asked all the same. */
export function covers(session: SessionStanding, asked: Asked, now: Date): boolean {
  const isAlive = session.endsAt > now && now.getTime() - session.seenAt.getTime() < figures.idle;
  return isAlive && session.level >= asked.level && asked.attributes.every((name) => session.attributes.includes(name));
}
