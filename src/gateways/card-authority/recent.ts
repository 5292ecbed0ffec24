/** What was said not long ago, so that nobody need be asked again. */
import { createBoundedCache, type BoundedCache } from "#platform/bounded-cache";
import type { Clock } from "#platform/world";

interface Said {
  /** When there is to be another; null: at any moment. */
  readonly nextUpdate: Date | null;
}

/** `lasts`: milliseconds at most; null: it could not be had. */
export type Recent<Value> = (name: string, lasts: number, ask: () => Promise<Value | null>) => Promise<Value | null>;

interface Memory<Value> {
  readonly clock: Clock;
  readonly said: BoundedCache<Value>;
  /** Whoever asks meanwhile waits for the same answer. */
  readonly asked: Map<string, Promise<Value | null>>;
}

/** Remembered until its next update, `lasts` at most; what could not be had is not remembered. */
export function createRecent<Value extends Said>(clock: Clock, most: number): Recent<Value> {
  const memory: Memory<Value> = { clock, said: createBoundedCache({ most, clock }), asked: new Map() };
  return async (name, lasts, ask) => {
    const said = memory.said.get(name);
    if (said !== undefined) return said;
    const asked = memory.asked.get(name) ?? fetched(memory, name, lasts, ask);
    memory.asked.set(name, asked);
    return asked;
  };
}

async function fetched<Value extends Said>(
  { clock, said, asked }: Memory<Value>,
  name: string,
  lasts: number,
  ask: () => Promise<Value | null>,
): Promise<Value | null> {
  try {
    const value = await ask();
    // An answer that promises no next one could be another at any moment.
    if (value) said.set(name, value, Math.min(lasts, (value.nextUpdate?.getTime() ?? 0) - clock.now().getTime()));
    return value;
  } finally {
    asked.delete(name);
  }
}
