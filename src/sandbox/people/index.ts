/** The people of the sandbox's small country: the sample ones, and a maker of more. */
import { Hono } from "hono";
import { z } from "zod";
import type { Clock } from "#platform/world";
import { openShelf } from "../kit/shelf.ts";
import { dayOf } from "./calendar.ts";
import { describePerson, type Person } from "./person.ts";
import { draw, samplePeople, type Sketch } from "./samples.ts";

export { fullName, type Person, type SamplePerson } from "./person.ts";
export { dayOf } from "./calendar.ts";
export { civilCheckDigit } from "./numbers.ts";

export interface People {
  all(): readonly Person[];
  findByCivilId(civilId: string): Person | undefined;
  findByTaxNumber(taxNumber: string): Person | undefined;
  findByPhone(phone: string): Person | undefined;
  make(request: NewPerson): Person;
}

const NewPerson = z.strictObject({
  document: z.enum(["CC", "BI", "PAS", "TR", "CR"]).optional(),
  age: z.int().min(0).max(120).optional(),
  nationality: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  phone: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/)
    .optional(),
});
export type NewPerson = z.infer<typeof NewPerson>;

/** Made people begin at this civil id, far from the sample ones. */
const FIRST_MADE = 15_000_000;
const MOST_MADE = 1_000_000;

export function createPeople({ clock, shelfFolder }: { readonly clock: Clock; readonly shelfFolder: string }): People {
  const today = () => dayOf(clock.now());
  const samples = samplePeople(firstDay(shelfFolder, today()));
  const made = openShelf<Person>(shelfFolder, "people");
  const all = () => [...samples, ...made.entries];
  const finder = (key: Key) => indexed(samples, made.entries, key);

  function make(request: NewPerson): Person {
    if (made.entries.length >= MOST_MADE) throw new Error("the sandbox's country is full");
    const person = draw(sketchOf(request, made.entries.length), today());
    made.add(person);
    return person;
  }
  return { all, make, findByCivilId: finder("civilId"), findByTaxNumber: finder("taxNumber"), findByPhone: finder("phone") };
}

/** `POST /people`; `show` says how the person stands now. */
export function createPeopleRoutes(people: People, show: (person: Person) => Person = (person) => person): Hono {
  const routes = new Hono();
  routes
    .get("/people", (c) => c.json(people.all().map((person) => describePerson(show(person)))))
    .post("/people", async (c) => {
      const text = await c.req.text();
      const request = NewPerson.safeParse(text === "" ? {} : parsed(text));
      if (!request.success) return c.json({ error: "person_not_understood" }, 400);
      return c.json(describePerson(people.make(request.data)), 201);
    });
  return routes;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The sample people's days are counted from the day the sandbox was first started here, and stay what they were. */
function firstDay(shelfFolder: string, today: string): string {
  const shelf = openShelf<{ readonly day: string }>(shelfFolder, "first-day");
  if (shelf.entries.length === 0) shelf.add({ day: today });
  return shelf.entries[0]?.day ?? today;
}

type Key = "civilId" | "taxNumber" | "phone";

/** An index that grows with the list of the made, which only grows: a search must not slow down with a hundred thousand people. */
function indexed(samples: readonly Person[], made: readonly Person[], key: Key): (value: string) => Person | undefined {
  const index = new Map<string, Person>();
  const learn = (person: Person) => {
    const value = person[key];
    if (value !== null && !index.has(value)) index.set(value, person);
  };
  samples.forEach(learn);
  let seen = 0;
  return (value) => {
    for (const person of made.slice(seen)) learn(person);
    seen = made.length;
    return index.get(value);
  };
}

const GIVEN = ["Inês", "Simão", "Vitória", "Gaspar", "Aurora", "Xavier", "Noémia", "Baltasar", "Íris", "Zeferino"];
const FAMILY = ["Exemplar", "Amostrado", "Ensaísta", "Fictício", "Modelar", "Inventado", "Provisório"];

function sketchOf(request: NewPerson, count: number): Sketch {
  const document = request.document ?? "CC";
  const foreign = document === "PAS" || document === "TR" || document === "CR";
  return {
    civilId: String(FIRST_MADE + count),
    given: GIVEN[count % GIVEN.length] ?? "Inês",
    family: `Exemplo ${FAMILY[count % FAMILY.length] ?? "Exemplar"}`,
    document,
    phone: request.phone ?? `+35196${String(5_000_000 + count)}`,
    nationality: request.nationality ?? (foreign ? "BR" : "PT"),
    age: request.age ?? 35,
    note: "made on request",
  };
}
