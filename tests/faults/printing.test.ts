/** A printed letter cannot be called back: intent, act, result. The process dies before the act, and between act and result. */
import assert from "node:assert/strict";
import { createServer, request as forward } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { newPerson } from "../journeys/country.ts";
import type { Place } from "../journeys/country.ts";
import { activate, firstSignIn, letters, temporaryPin } from "../journeys/story.ts";
import { createVisitor } from "../journeys/visitor.ts";
import { startMortalCountry, until } from "./mortal-country.ts";

type Mood = "deaf" | "mute" | "normal";

interface Postman {
  /** The post office of this place, reached through him. */
  workFor(place: Place): string;
  /** References of the batches that were brought, in order. */
  readonly brought: readonly string[];
  /** "deaf": passes nothing on; "mute": passes on, and keeps the answer to itself. Of batches alone. */
  become(mood: Mood): void;
  /** What the post office answered: known also when it was kept. */
  readonly answers: readonly number[];
  close(): Promise<void>;
}

/** Stands between the product and its post office, outside of both. */
async function hirePostman(): Promise<Postman> {
  let [mood, hub]: [Mood, string] = ["normal", ""];
  const [brought, answers]: [string[], number[]] = [[], []];
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
    brought,
    answers,
    become: (next) => (mood = next),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const deaths: readonly (readonly [title: string, mood: Mood, answered: readonly number[]])[] = [
  ["killed between the intent and the printing, the letter is printed once, in the batch that was meant", "deaf", [201]],
  ["killed between the printing and its result, the letter is not printed again", "mute", [201, 200]],
];

for (const [title, mood, answered] of deaths) {
  test(title, async (t) => {
    const postman = await hirePostman();
    const mortal = await startMortalCountry((place) => ({ CHAVE_POST_URL: postman.workFor(place) }));
    t.after(() => postman.close());
    t.after(() => mortal.remove());

    const [person, visitor] = [await newPerson(mortal.alive), createVisitor()];
    postman.become(mood);
    await activate(mortal.alive, visitor, person);
    await until("the postman is on his way", () => (mood === "deaf" ? postman.brought : postman.answers).length === 1);
    const dead = await mortal.dieAndRise();
    assert.deepEqual(
      dead.letters.map(({ state, wiped }) => ({ state, wiped })),
      [{ state: "printing", wiped: false }],
    );
    assert.equal(dead.printed.length, mood === "deaf" ? 0 : 1);

    postman.become("normal");
    await mortal.outliveLeases();
    await until("the batch is brought again", () => postman.brought.length === 2);
    const temporary = await temporaryPin(mortal.alive, person);
    assert.equal(postman.brought[0], postman.brought[1], "another batch would be another letter");
    assert.deepEqual(postman.answers, answered);
    const {
      printed,
      letters: [letter],
    } = await mortal.dieAndRise();
    assert.equal(printed.length, 1);
    assert.equal(letter?.wiped, true, "the temporary PIN exists on paper alone");
    assert.equal((await letters(mortal.alive, person)).length, 1);
    await firstSignIn(mortal.alive, createVisitor(), person, temporary, "739158");
  });
}
