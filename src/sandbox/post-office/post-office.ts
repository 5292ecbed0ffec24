import { createHash, timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Clock } from "#platform/world";
import { openMailRoom } from "./mail-room.ts";
import type { MailRoom } from "./mail-room.ts";
import { openBatch } from "./open-batch.ts";
import { letterboxPage, letterboxesPage, type NameOf } from "./pages.ts";
import type { PrinterKeyPair } from "./printer-key.ts";

export interface PostOfficeNeeds {
  readonly clock: Clock;
  readonly shelfFolder: string;
  /** What the product proves itself with. */
  readonly credential: string;
  readonly printerKeyPair: PrinterKeyPair;
  /** Ends when the product has handed over all it had promised: asked before a delivery on demand. */
  readonly settled?: () => Promise<void>;
  readonly nameOf?: NameOf;
}

export interface PostOffice {
  readonly routes: Hono;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const LARGEST_BATCH = 64 * 1_048_576;

/** The product's side is under `/post-office` (its `postUrl`), the person's under `/letterboxes` and `/letters`. */
export function createPostOffice(needs: PostOfficeNeeds): PostOffice {
  const room = openMailRoom(needs);
  const routes = new Hono();
  routes.use("/post-office/batches/*", onlyFor(needs.credential), bodyLimit({ maxSize: LARGEST_BATCH }));
  routes.use("/post-office/events", onlyFor(needs.credential));
  addProductRoutes(routes, room, needs.printerKeyPair);
  addPeopleRoutes(routes, room, { settled: needs.settled ?? still, nameOf: needs.nameOf ?? (() => null) });
  return { routes, start: still, stop: still };
}

function addProductRoutes(routes: Hono, room: MailRoom, { privateKey }: PrinterKeyPair): void {
  routes.put("/post-office/batches/:reference", async (c) => {
    const batch = await openBatch(await c.req.text(), c.req.param("reference"), privateKey);
    if (!batch) return c.json({ error: "not a batch this printer can trust" }, 422);
    const verdict = room.take(batch);
    return c.json({ verdict }, ({ taken: 201, "already taken": 200, "another batch": 409 } as const)[verdict]);
  });

  routes.get("/post-office/events", (c) => {
    const after = c.req.query("after") ?? "";
    return /^\d{0,9}$/.test(after) ? c.json(room.eventsAfter(Number(after))) : c.json({ error: "not a cursor" }, 400);
  });
}

const still = () => Promise.resolve();

type PeopleNeeds = Required<Pick<PostOfficeNeeds, "settled" | "nameOf">>;

function addPeopleRoutes(routes: Hono, room: MailRoom, { settled, nameOf }: PeopleNeeds): void {
  routes.post("/post-office/deliver", async (c) => {
    await settled();
    const delivered = room.deliverNow();
    return fromPage(c) ? c.redirect("/letterboxes", 303) : c.json({ delivered });
  });
  routes.get("/letterboxes", (c) => c.html(letterboxesPage(room.addressees(), room.countHeld(), nameOf)));
  routes.get("/letterboxes/:civilId", (c) =>
    c.html(letterboxPage(c.req.param("civilId"), room.letterbox(c.req.param("civilId")), nameOf)),
  );
  routes.get("/letterboxes/:civilId/letters", (c) => c.json(room.letterbox(c.req.param("civilId"))));

  routes.get("/letters/:file{[A-Za-z0-9_-]+\\.pdf}", (c) => {
    const pdf = room.pdfOf(c.req.param("file").replace(/\.pdf$/, ""));
    if (!pdf) return c.json({ error: "no such letter" }, 404);
    return c.body(new Uint8Array(pdf), 200, { "content-type": "application/pdf", "cache-control": "no-store" });
  });

  routes.post("/letters/:id/return", (c) => {
    const verdict = room.sendBack(c.req.param("id"));
    if (verdict === "unknown") return c.json({ error: "no such letter" }, 404);
    return fromPage(c) ? c.redirect("/letterboxes", 303) : c.json({ verdict });
  });
}

function fromPage(c: Context): boolean {
  return (c.req.header("accept") ?? "").includes("text/html");
}

function onlyFor(credential: string): MiddlewareHandler {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const expected = digest(`Bearer ${credential}`);
  return async (c, next) => {
    if (!timingSafeEqual(digest(c.req.header("authorization") ?? ""), expected)) return c.json({ error: "unauthorized" }, 401);
    await next();
  };
}
