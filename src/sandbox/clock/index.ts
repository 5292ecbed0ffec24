/** The sandbox's clock: the real time plus an offset that only grows and survives restarts. */
import { Hono } from "hono";
import { z } from "zod";
import type { Clock } from "#platform/world";
import { openShelf } from "../kit/shelf.ts";
import { after } from "./duration.ts";

/** Far enough for a key of ten years to die, near enough for four-digit years and certificates. */
const FARTHEST_YEARS = 60;

export interface SandboxClock extends Clock {
  /** Moves forward by an ISO 8601 duration. False, and nothing moved, when it is none, is zero, or goes absurdly far. */
  advance(duration: string): boolean;
  /** How far ahead of the real time, in milliseconds. */
  offset(): number;
}

export function createSandboxClock({ shelfFolder }: { readonly shelfFolder: string }): SandboxClock {
  const shelf = openShelf<{ readonly offset: number }>(shelfFolder, "clock");
  const offset = () => shelf.entries.at(-1)?.offset ?? 0;
  const now = () => new Date(Date.now() + offset());

  function advance(duration: string): boolean {
    const from = now();
    const to = after(from, duration);
    const farthest = new Date();
    farthest.setUTCFullYear(farthest.getUTCFullYear() + FARTHEST_YEARS);
    if (!to || to <= from || to > farthest) return false;
    shelf.add({ offset: offset() + (to.getTime() - from.getTime()) });
    return true;
  }
  return { now, advance, offset };
}

const Advance = z.strictObject({ advance: z.string().max(40) });

/** `GET /clock` and `POST /clock {"advance":"P5D"}`; the hub's own form posts the same field and is sent back to the hub. */
export function createClockRoutes(clock: SandboxClock, settled = () => Promise.resolve()): Hono {
  const read = () => ({ now: clock.now().toISOString(), offsetSeconds: Math.round(clock.offset() / 1000) });
  const routes = new Hono();
  routes
    .get("/clock", (c) => c.json(read()))
    .post("/clock", async (c) => {
      const fromPage = c.req.header("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
      const asked = Advance.safeParse(fromPage ? await c.req.parseBody() : await c.req.json().catch(() => null));
      // What happened before the jump belongs before it: a letter asked for today is not handed to the post next week.
      await settled();
      if (!asked.success || !clock.advance(asked.data.advance)) return c.json({ error: "advance_not_understood" }, 400);
      return fromPage ? c.redirect("/", 303) : c.json(read());
    });
  return routes;
}
