/** A printed letter cannot be called back: intent, act, result. The process dies before the act, and between act and result. */
import assert from "node:assert/strict";
import { createServer, request as forward } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { newPerson } from "../journeys/country.ts";
import type { Person, Place } from "../journeys/country.ts";
import { activate, firstSignIn, letters, temporaryPin } from "../journeys/story.ts";
import { createVisitor } from "../journeys/visitor.ts";
import { until } from "../world/patience.ts";
import { startMortalCountry } from "./mortal-country.ts";
import type { MortalCountry } from "./mortal-country.ts";
import type { Remains } from "./remains.ts";

type Mood = "deaf" | "mute" | "normal";

interface Day {
  /** References of the batches that were brought, in order. */
  readonly brought: readonly string[];
  /** What the post office answered: known also when it was kept. */
  readonly answers: readonly number[];
  /** "deaf": passes nothing on; "mute": passes on, and keeps the answer to itself. Of batches alone. */
  become(mood: Mood): void;
}

interface Postman {
  /** The post office of this place, reached through him. */
  workFor(place: Place): string;
  begin(mood: Mood): Day;
  close(): Promise<void>;
}

/** Stands between the product and its post office, outside of both. */
async function hirePostman(): Promise<Postman> {
  let [mood, hub]: [Mood, string] = ["normal", ""];
  let [brought, answers]: [string[], number[]] = [[], []];
  const server = createServer((incoming, outgoing) => {
    const batch = /\/batches\/([\w-]+)$/.exec(incoming.url ?? "")?.[1];
    const today = batch === undefined ? "normal" : mood;
    if (batch !== undefined) brought.push(batch);
    if (today === "deaf") return void incoming.resume();
    const { method, headers, url = "" } = incoming;
    const onward = forward(`${hub}/post-office${url}`, { method, headers }, (answer) => {
      if (batch !== undefined) answers.push(answer.statusCode ?? 0);
      if (today === "mute") return void answer.resume();
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // Listening on a port, not on a pipe.
  return {
    workFor({ portBase }) {
      hub = `http://127.0.0.1:${String(portBase + 10)}`;
      return `http://127.0.0.1:${String(port)}`;
    },
    begin(first) {
      [mood, brought, answers] = [first, [], []];
      return { brought, answers, become: (next) => (mood = next) };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const deaths: readonly (readonly [title: string, mood: Mood])[] = [
  ["killed between the intent and the printing, the letter is printed once, in the batch that was meant", "deaf"],
  ["killed between the printing and its result, the letter is not printed again", "mute"],
];

let [postman, mortal]: [Postman, MortalCountry] = [null as never, null as never]; // Set before any test begins.

before(async () => {
  postman = await hirePostman();
  mortal = await startMortalCountry((place) => ({ CHAVE_POST_URL: postman.workFor(place) }));
});
after(async () => {
  await mortal.remove();
  await postman.close();
});

/** What became of this person's letter, and how often it was printed. */
function letterOf({ civilId }: Person, { keys, letters: all, printed }: Remains) {
  const key = keys.find((one) => one.civilId === civilId);
  const letter = all.find(({ keyId }) => keyId === key?.id);
  return { state: letter?.state, wiped: letter?.wiped, printed: printed.filter((one) => one.civilId === civilId).length };
}

for (const [title, mood] of deaths) {
  test(title, async () => {
    const [person, visitor] = [await newPerson(mortal.alive), createVisitor()];
    const day = postman.begin(mood);
    await activate(mortal.alive, visitor, person);
    await until("the postman is on his way", () => (mood === "deaf" ? day.brought : day.answers).length === 1);
    assert.deepEqual(letterOf(person, await mortal.dieAndRise()), {
      state: "printing",
      wiped: false,
      printed: mood === "deaf" ? 0 : 1,
    });

    day.become("normal");
    await mortal.outliveLeases();
    await until("the batch is brought again", () => day.brought.length >= 2);
    const temporary = await temporaryPin(mortal.alive, person);
    // Jobs of several deaths may bring it, at the same moment even: it is the same batch, taken once.
    assert.equal(new Set(day.brought).size, 1, "another batch would be another letter");
    assert.equal(day.answers.filter((status) => status === 201).length, 1);
    const { printed, wiped } = letterOf(person, await mortal.dieAndRise());
    assert.deepEqual({ printed, wiped }, { printed: 1, wiped: true }, "the temporary PIN exists on paper alone");
    assert.equal((await letters(mortal.alive, person)).length, 1);
    await firstSignIn(mortal.alive, createVisitor(), person, temporary, "739158");
  });
}
