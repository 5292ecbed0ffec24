/** Whole ceremonies at one stand, each with another citizen in a fresh browser. */
import type { Entry, Stand } from "../contestant.ts";
import type { Play } from "./arrivals.ts";
import { createBrowser } from "./browser.ts";
import { createLanes } from "./lanes.ts";

export interface Visits {
  readonly play: Play;
  close(): Promise<void>;
}

/** A prime: who comes next lives elsewhere in the tables, and everybody comes once before anybody comes again. */
const stride = 104_729;

export function createVisits(stand: Stand, entry: Entry): Visits {
  const lanes = createLanes(stand.origin);
  const { origin, redirectUri, party } = stand;
  let next = 0;
  return {
    async play() {
      const n = (next++ * stride) % entry.people;
      const { pool, back } = lanes.take();
      try {
        const attempt = party.begin();
        const callback = await entry.play(createBrowser({ pool, origin, redirectUri }), attempt.url, n);
        await party.finish(callback, attempt);
      } finally {
        back();
      }
    },
    close: () => lanes.close(),
  };
}
