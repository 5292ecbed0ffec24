import type { Database } from "#platform/database";
import type { Clock } from "#platform/world";
import type { Pins } from "./pins.ts";

/** What the parts of this capability stand on. */
export interface Needs {
  readonly db: Database;
  readonly clock: Clock;
  readonly pins: Pins;
}
