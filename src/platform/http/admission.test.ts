import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { after, test } from "node:test";
import { silentLog } from "../../../tests/world/world.ts";
import { createAdmission, figures, isStanding, judgeWindow, start } from "./admission.ts";
import type { Course, Look, Window } from "./admission.ts";
import { listen } from "./http.ts";

const swift: Look = { late: 1, inFlight: 3, waiting: 0, used: 0.1 };
const late: Look = { ...swift, late: figures.lateness + 1 };
const crowded: Look = { ...swift, inFlight: figures.queue + 1 };
const thirsty: Look = { ...swift, waiting: figures.waiting + 1 };
const quiet: Window = { looks: [swift, swift, swift], seconds: 0.1, begun: 4, refused: 0, busy: 0.2 };
const queued: Window = { ...quiet, looks: [late, crowded, thirsty], busy: 1 };

const after100 = (course: Course, window: Window, windows = 100) =>
  Array.from({ length: windows }).reduce<Course>((now) => judgeWindow(now, window), course);

test("a queue that empties once in a window is a burst, one that never does is overload", () => {
  assert.equal(isStanding([late, crowded, thirsty]), true);
  assert.equal(isStanding([late, swift, crowded]), false);
  assert.equal(isStanding([]), false);
});

test("without overload nothing is limited, however long it goes on", () => {
  assert.equal(after100(start, { ...quiet, begun: 50, busy: 0.97 }, 1_000).limit, null);
});

test("the first pace is what could be begun before, by how busy it made the process", () => {
  const known = after100(start, quiet, 1_000);
  const { limit } = judgeWindow(known, queued);
  assert.ok(limit !== null && Math.abs(limit - 200) < 10, `${String(limit)}: forty a second at a fifth of the time`);
});

test("the pace falls while the queue stands, but never to nothing, and grows while somebody is refused without one", () => {
  const overloaded: Course = { limit: 100, pace: 40, busy: 0.2, calm: 0 };
  assert.equal(judgeWindow(overloaded, queued).limit, 97);
  assert.equal(after100(overloaded, queued, 200).limit, figures.least);
  assert.equal(judgeWindow(overloaded, { ...quiet, refused: 7 }).limit, 102);
  assert.equal(judgeWindow(overloaded, quiet).limit, 100, "nobody asked for more");
});

test("the overload teaches nothing of what could be done before it", () => {
  const { pace, busy } = after100({ limit: 100, pace: 40, busy: 0.2, calm: 0 }, { ...queued, begun: 900 });
  assert.deepEqual({ pace, busy }, { pace: 40, busy: 0.2 });
});

test("it is over when for five seconds nobody queued or was refused", () => {
  const overloaded: Course = { limit: 100, pace: 40, busy: 0.2, calm: 0 };
  const nearly = after100(overloaded, quiet, figures.calm - 1);
  assert.equal(nearly.limit, 100);
  assert.equal(judgeWindow(nearly, quiet).limit, null);
  assert.equal(judgeWindow(nearly, { ...quiet, refused: 1 }).calm, 0);
});

async function slowDoor() {
  const held: ServerResponse[] = [];
  const admission = createAdmission({
    precedenceOf: (path) => (path.startsWith("/begun") ? "begun" : path === "/new" ? "new" : "rest"),
    busyPage: () => ({ headers: { "Retry-After": "7", "Content-Length": "4" }, body: Buffer.from("busy") }),
    db: { connections: () => ({ busy: 0, idle: 1, waiting: 0 }) },
    log: silentLog,
  });
  const handle = (_: unknown, response: ServerResponse) => void held.push(response);
  const door = await listen({ port: 0, host: "127.0.0.1", handle, log: silentLog, admission });
  after(async () => {
    admission.stop();
    await door.close();
  });
  const url = `http://127.0.0.1:${String(door.port)}`;
  const taken = async (count: number) => {
    while (held.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const release = async () => {
    for (const response of held.splice(0)) response.end("well");
  };
  return { url, admission, taken, release };
}

test("when as many are being answered as the queue holds, who comes in is refused and who has begun is not", async () => {
  const { url, admission, taken, release } = await slowDoor();
  const first = Array.from({ length: figures.queue + 1 }, () => fetch(`${url}/new`));
  await taken(figures.queue + 1);
  for (const path of ["/new?state=x", "/", "/help"]) {
    const refused = await fetch(url + path);
    assert.deepEqual([refused.status, refused.headers.get("retry-after"), await refused.text()], [503, "7", "busy"]);
  }
  const begun = fetch(`${url}/begun/code`, { method: "POST", body: "code=1" });
  await taken(figures.queue + 2);
  await release();
  for (const answer of [...first, begun]) assert.equal((await answer).status, 200);
  assert.deepEqual(admission.standing().shed, { begun: 0, new: 1, rest: 2 });
  assert.equal(admission.standing().inFlight, 0);
});

test("who hangs up gives the place back", async () => {
  const { url, admission, taken } = await slowDoor();
  const gone = new AbortController();
  const asked = fetch(`${url}/new`, { signal: gone.signal });
  await taken(1);
  assert.equal(admission.standing().inFlight, 1);
  gone.abort();
  await assert.rejects(asked);
  while (admission.standing().inFlight > 0) await new Promise((resolve) => setTimeout(resolve, 5));
});
