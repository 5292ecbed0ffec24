import assert from "node:assert/strict";
import { test } from "node:test";
import { afterWorkingDays, easterOf, isWorkingDay } from "./working-days.ts";

const date = (day: string) => new Date(`${day}T10:00:00Z`);
const dayOf = (at: Date) => at.toISOString().slice(0, 10);

test("Easter falls where the almanac says", () => {
  const easters = [2024, 2025, 2026, 2027, 2038].map((year) => dayOf(easterOf(year)));
  assert.deepEqual(easters, ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25"]);
});

test("weekends, fixed and movable holidays are no working days", () => {
  const free = ["2026-11-21", "2026-11-22", "2026-12-01", "2026-12-08", "2026-12-25", "2026-04-03", "2026-06-04", "2027-01-01"];
  assert.deepEqual(
    free.filter((day) => isWorkingDay(date(day))),
    [],
  );
});

test("the Carnival is a working day", () => assert.equal(isWorkingDay(date("2026-02-17")), true));

test("five working days before Christmas pass over both holidays and the weekend", () => {
  assert.equal(dayOf(afterWorkingDays(date("2026-11-27"), 5)), "2026-12-07");
  assert.equal(dayOf(afterWorkingDays(date("2026-12-03"), 5)), "2026-12-11");
});
