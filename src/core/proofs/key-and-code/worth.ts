/** What phone, PIN and code are worth (docs/law.md#levels). Pure. */
import type { Level } from "#core/vocabulary";

export const worthOfKeyAndCode: Level = 3;

/** Never more than the weaker of how the key was activated and how the person proved it. */
export function reachedWithKey(activatedAt: Level): Level {
  return activatedAt < worthOfKeyAndCode ? activatedAt : worthOfKeyAndCode;
}
