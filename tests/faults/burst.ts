/** Many stories at once, killed at an instant that nobody chose, then each brought to its end. */
import assert from "node:assert/strict";
import { AssertionError } from "node:assert";
import { newPerson } from "../journeys/country.ts";
import type { Person, RunningCountry } from "../journeys/country.ts";
import {
  activate,
  firstSignIn,
  giveContact,
  identify,
  identifyAndGetCode,
  reachContact,
  temporaryPin,
} from "../journeys/story.ts";
import { createVisitor } from "../journeys/visitor.ts";
import { startMortalCountry } from "./mortal-country.ts";
import type { MortalCountry } from "./mortal-country.ts";
import { livingKeyOf } from "./remains.ts";

const pin = "739158";

interface Story {
  readonly person: Person;
  /** What this person was told last. */
  told: "nothing" | "letter on its way" | "signed in";
}

/** The same instants for the same seed (mulberry32): a failure can be looked at again with CHAVE_TEST_SEED. */
function drawFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export async function burst(
  { rounds, stories }: { rounds: number; stories: number },
  say: (line: string) => void,
): Promise<void> {
  const seed = Number(process.env["CHAVE_TEST_SEED"] ?? Date.now() % 1_000_000);
  const draw = drawFrom(seed);
  const mortal = await startMortalCountry();
  try {
    for (let round = 0; round < rounds; round++) {
      // Later rounds find everything warm and are over sooner.
      const instant = Math.round(draw() * 4_000);
      say(`CHAVE_TEST_SEED=${String(seed)}: round ${String(round)} dies after ${String(instant)} ms`);
      await oneRound(mortal, stories, instant);
    }
  } finally {
    await mortal.remove();
  }
}

async function oneRound(mortal: MortalCountry, count: number, instant: number): Promise<void> {
  const people = await Promise.all(Array.from({ length: count }, () => newPerson(mortal.alive)));
  const stories = people.map((person): Story => ({ person, told: "nothing" }));
  const running = Promise.all(stories.map((story) => live(mortal.alive, story)));
  await Promise.race([new Promise((resolve) => setTimeout(resolve, instant)), running]);
  const remains = await mortal.dieAndRise();
  await running;
  for (const { person, told } of stories) {
    const key = livingKeyOf(remains, person.civilId);
    if (told !== "nothing") assert.ok(key, `${person.civilId} was told of a letter, and there is no key`);
    if (told === "signed in") assert.equal(key?.state, "active");
  }
  await mortal.outliveLeases();
  for (const story of stories) await bringToItsEnd(mortal.alive, story);
  const after = await mortal.dieAndRise();
  for (const { person } of stories) {
    assert.equal(livingKeyOf(after, person.civilId)?.state, "active");
    assert.equal(after.printed.filter(({ civilId }) => civilId === person.civilId).length, 1);
  }
}

/** As far as it gets. A refusal or an error page is a finding; only a connection that breaks off is what was wanted. */
async function live(country: RunningCountry, story: Story): Promise<void> {
  const visitor = createVisitor();
  try {
    await activate(country, visitor, story.person);
    story.told = "letter on its way";
    await firstSignIn(country, visitor, story.person, await temporaryPin(country, story.person), pin);
    story.told = "signed in";
  } catch (error) {
    if (error instanceof AssertionError || !isBrokenOff(error)) throw error;
  }
}

function isBrokenOff(error: unknown): boolean {
  return error instanceof TypeError && /fetch failed|terminated/.test(error.message);
}

/** In a new browser, as somebody does who saw the page go blank. */
async function bringToItsEnd(country: RunningCountry, { person, told }: Story): Promise<void> {
  const visitor = createVisitor();
  await reachContact(country, visitor, person);
  const begun = visitor.page.refusal;
  if (told !== "nothing") assert.ok(begun === "letter.pending" || begun === "key.exists", visitor.page.text);
  if (begun === null) await visitor.submit({ code: await giveContact(country, visitor, person.phone) });
  if (begun === null || begun === "letter.pending") {
    return firstSignIn(country, visitor, person, await temporaryPin(country, person), pin);
  }
  assert.equal(begun, "key.exists", visitor.page.text);
  // The PIN was chosen; whether the person saw the next page does not matter.
  await visitor.submit({ code: await identifyAndGetCode(country, visitor, person.phone, pin) });
  await visitor.submit({ decision: "authorise" });
  assert.equal(visitor.page.name, "portal-signed-in", visitor.page.text);
  const other = createVisitor();
  await identify(country, other, person.phone, await temporaryPin(country, person));
  assert.equal(other.page.refusal, "sign-in.refused", "the temporary PIN outlived the chosen one");
}
