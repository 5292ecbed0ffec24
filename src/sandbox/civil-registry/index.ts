/** The civil registry's side of the wire: who a person is today, told to holders of the credential, and events that change it. */
import { Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import type { Clock } from "#platform/world";
import type { RegisteredPerson } from "#core/citizens";
import { dayOf, fullName, type People, type Person } from "../people/index.ts";
import { openShelf } from "../kit/shelf.ts";

const day = z.iso.date();
const NewAddress = z.strictObject({
  lines: z.array(z.string().min(1).max(80)).min(1).max(2),
  postalCode: z.string().regex(/^\d{4}-\d{3}$/),
  locality: z.string().min(1).max(60),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default("PT"),
  since: day.optional(),
});

/** What may happen to a person at the registry. An address is complete, and known from today unless it says otherwise. */
const RegistryEvent = z.strictObject({
  documentExpires: day.optional(),
  documentCancelled: z.boolean().optional(),
  address: NewAddress.optional(),
  deceased: z.boolean().optional(),
});
export type RegistryEvent = z.infer<typeof RegistryEvent>;

interface Recorded {
  readonly civilId: string;
  readonly event: RegistryEvent;
  readonly day: string;
}

export interface CivilRegistrySandbox {
  /** The person as the registry knows them now, with every event applied. */
  current(person: Person): Person;
  record(civilId: string, event: RegistryEvent): Person | undefined;
  /** The production wire, mounted at `/registry-api`. */
  readonly routes: Hono;
  /** The sandbox's own `POST /registry/{civilId}`. */
  readonly eventRoutes: Hono;
}

interface Needs {
  readonly people: People;
  readonly clock: Clock;
  readonly credential: string;
  readonly shelfFolder: string;
}

export function createCivilRegistrySandbox({ people, clock, credential, shelfFolder }: Needs): CivilRegistrySandbox {
  const shelf = openShelf<Recorded>(shelfFolder, "registry-events");
  const current = (person: Person) =>
    shelf.entries.filter((entry) => entry.civilId === person.civilId).reduce(applyEvent, person);

  function record(civilId: string, event: RegistryEvent): Person | undefined {
    const person = people.findByCivilId(civilId);
    if (!person) return undefined;
    shelf.add({ civilId, event, day: dayOf(clock.now()) });
    return current(person);
  }
  return { current, record, routes: searchRoutes(people, current, credential), eventRoutes: eventRoutes(record) };
}

function applyEvent(person: Person, { event, day: today }: Recorded): Person {
  const { expires, cancelled } = person.document;
  return {
    ...person,
    document: {
      ...person.document,
      expires: event.documentExpires ?? expires,
      cancelled: event.documentCancelled ?? cancelled,
    },
    address: event.address ? { ...event.address, since: event.address.since ?? today } : person.address,
    deceased: event.deceased ?? person.deceased,
  };
}

export function registered(person: Person): RegisteredPerson {
  const { civilId, taxNumber, givenNames, familyNames, birthDate, nationality, deceased, document, address } = person;
  return {
    civilId,
    taxNumber,
    name: fullName(person),
    givenNames,
    familyNames,
    birthDate,
    nationality,
    deceased,
    document,
    address,
  };
}

const Search = z.union([
  z.strictObject({ taxNumber: z.string().regex(/^\d{9}$/) }),
  z.strictObject({ civilId: z.string().regex(/^\d{8}$/) }),
  z.strictObject({ document: z.strictObject({ kind: z.string(), country: z.string(), number: z.string() }) }),
]);
type Search = z.infer<typeof Search>;

function findBy(people: People, search: Search): Person | undefined {
  if ("taxNumber" in search) return people.findByTaxNumber(search.taxNumber);
  if ("civilId" in search) return people.findByCivilId(search.civilId);
  const { kind, country, number } = search.document;
  // Every foreigner here came with a passport, whatever document they were given since.
  return people
    .all()
    .find(
      ({ nationality, civilId }) =>
        kind === "PAS" && nationality === country && country !== "PT" && number === `XP${civilId.slice(2)}`,
    );
}

/** The number searched for travels in the body: an address would be written to access logs on the way. */
function searchRoutes(people: People, current: (person: Person) => Person, credential: string): Hono {
  const routes = new Hono();
  routes.use(bearerAuth({ token: credential }), bodyLimit({ maxSize: 1024 })).post("/persons/search", async (c) => {
    const search = Search.safeParse(await c.req.json().catch(() => null));
    if (!search.success) return c.json({ error: "search_not_understood" }, 400);
    const person = findBy(people, search.data);
    return person ? c.json(registered(current(person))) : c.json({ error: "person_not_found" }, 404);
  });
  return routes;
}

function eventRoutes(record: CivilRegistrySandbox["record"]): Hono {
  const routes = new Hono();
  routes.post("/registry/:civilId", bodyLimit({ maxSize: 4096 }), async (c) => {
    const event = RegistryEvent.safeParse(await c.req.json().catch(() => null));
    if (!event.success || Object.keys(event.data).length === 0) return c.json({ error: "event_not_understood" }, 400);
    const person = record(c.req.param("civilId"), event.data);
    return person ? c.json(registered(person)) : c.json({ error: "person_not_found" }, 404);
  });
  return routes;
}
