/** The hub: the sandbox's own API and pages, one door over every actor. */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { CivilRegistrySandbox } from "../civil-registry/index.ts";
import { createClockRoutes, type SandboxClock } from "../clock/index.ts";
import { openDoor, type Door } from "../kit/door.ts";
import { createPeopleRoutes, type People } from "../people/index.ts";
import { hubPage, type Place } from "./page.ts";

export interface HubNeeds {
  readonly port: number;
  readonly people: People;
  readonly registry: CivilRegistrySandbox;
  readonly clock: SandboxClock;
  /** Ends when the product has handed over all it had promised. */
  readonly settled: () => Promise<void>;
  /** What the other actors show: phones, letterboxes, mailboxes. */
  readonly actors: readonly { readonly routes: Hono }[];
  readonly places: readonly Place[];
}

const LARGEST_BODY = 64 * 1024;
/** Machines' wires have limits of their own: a batch of letters is larger than anything a page sends. */
const WIRES = /^\/(registry-api|post-office)\//;

export function createHub(needs: HubNeeds): { readonly routes: Hono; start(): Promise<Door> } {
  const routes = createHubRoutes(needs);
  return { routes, start: () => openDoor(routes.fetch, needs.port) };
}

function createHubRoutes({ people, registry, clock, settled, actors, places }: HubNeeds): Hono {
  const limit = bodyLimit({ maxSize: LARGEST_BODY });
  const hub = new Hono();
  hub
    .use((c, next) => (WIRES.test(c.req.path) ? next() : limit(c, next)))
    .get("/", (c) => c.html(hubPage({ people: people.all().map(registry.current), now: clock.now(), places })))
    .post("/people/new", (c) => c.redirect(`/#${people.make({}).civilId}`, 303))
    .route("/", createClockRoutes(clock, settled))
    .route("/", createPeopleRoutes(people, registry.current))
    .route("/", registry.eventRoutes)
    .route("/registry-api", registry.routes);
  for (const { routes } of actors) hub.route("/", routes);
  return hub;
}
