import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { after } from "./duration.ts";
import { createClockRoutes, createSandboxClock, type SandboxClock } from "./index.ts";

const makeFolder = () => mkdtempSync(join(tmpdir(), "clock-"));
const DAY = 86_400_000;

/** Between what is now and what is now a moment later, moved on by so much. */
function tells(clock: SandboxClock, offset: number): boolean {
  const [from, told, to] = [Date.now(), clock.now().getTime(), Date.now()];
  return from + offset <= told && told <= to + offset;
}

test("a new clock tells the real time, an advanced one the time further on, also after a restart", () => {
  const shelfFolder = makeFolder();
  const clock = createSandboxClock({ shelfFolder });
  assert.ok(tells(clock, 0));
  assert.ok(clock.advance("P5D"));
  assert.ok(clock.advance("PT6M"));
  for (const one of [clock, createSandboxClock({ shelfFolder })]) assert.ok(tells(one, 5 * DAY + 360_000));
});

test("a clock neither stands, goes back, nor leaves the century", () => {
  const clock = createSandboxClock({ shelfFolder: makeFolder() });
  for (const refused of ["", "P", "PT", "P0D", "-P1D", "P-1D", "P1.5D", "5D", "P5D ", "P999Y", "P1DT", "p1d"]) {
    assert.equal(clock.advance(refused), false, refused);
  }
  assert.equal(clock.offset(), 0);
});

test("months follow the calendar and a short month takes its last day", () => {
  const from = new Date("2027-01-31T12:00:00Z");
  assert.equal(after(from, "P1M")?.toISOString(), "2027-02-28T12:00:00.000Z");
  assert.equal(after(from, "P1Y1M1DT1H")?.toISOString(), "2028-03-01T13:00:00.000Z");
  assert.equal(after(from, "P10Y30D")?.toISOString(), "2037-03-02T12:00:00.000Z");
});

test("POST /clock advances by JSON and answers 400 to anything else", async () => {
  const clock = createSandboxClock({ shelfFolder: makeFolder() });
  const routes = createClockRoutes(clock);
  const post = (body: string) =>
    routes.request("/clock", { method: "POST", body, headers: { "content-type": "application/json" } });
  for (const bad of ["", "{}", "[]", `{"advance":5}`, `{"advance":"-P5D"}`, `{"advance":"P5D","to":"now"}`, "P5D"]) {
    assert.equal((await post(bad)).status, 400, bad);
  }
  const advanced = await post(`{"advance":"P5D"}`);
  assert.equal(advanced.status, 200);
  const { offsetSeconds } = (await (await routes.request("/clock")).json()) as { offsetSeconds: number };
  assert.equal(offsetSeconds, 5 * 86_400);
});
