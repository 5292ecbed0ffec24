/** What everybody shares is drawn by the thousandth; what is one's own is spent with the act it pays for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openCoreWorld, somePhone } from "../../../tests/world/core-world.ts";
import { budgetRules, createBudgets } from "./budgets.ts";

const { db, clock, secrets } = await openCoreWorld();
const aProcess = () => createBudgets({ db, clock, secrets });

test("two processes that draw side by side grant no more than the limit, and leave little of it", async () => {
  const [one, other] = [aProcess(), aProcess()];
  const { limit } = budgetRules["code-per-portal"];
  let granted = 0;
  for (let round = 0; round < 110; round++) {
    const asked = Array.from({ length: 1_000 }, (_, at) => (at % 2 === 0 ? one : other).draw({ "code-per-portal": "busy" }));
    granted += (await Promise.all(asked)).filter(Boolean).length;
  }
  assert.ok(granted <= limit, `${String(granted)} were granted`);
  assert.ok(granted > limit - limit / 100, `${String(granted)} were granted`);
  const before = await db`select sum(spent) as spent from messages.budget`;
  assert.equal(await one.draw({ "code-per-portal": "busy" }), false);
  assert.deepEqual(await db`select sum(spent) as spent from messages.budget`, before, "spent up, it is not counted on");
  clock.advance("PT1H");
  assert.equal(await one.draw({ "code-per-portal": "busy" }), true, "the next window is another");
});

test("what is spent at once with an act is not spent when the act is not done, and never beyond the limit", async () => {
  const budgets = aProcess();
  const phone = somePhone();
  const pay = async (isDone: boolean): Promise<boolean> => {
    const spend = await budgets.prepare({ "code-per-number": phone });
    return (await db.atOnce(() => [spend(), act(isDone)])) !== null;
  };
  for (let time = 0; time < 20; time++) assert.equal(await pay(false), false);
  const paid = await Promise.all(Array.from({ length: 20 }, () => pay(true)));
  assert.equal(paid.filter(Boolean).length, budgetRules["code-per-number"].limit);
});

const act = (isDone: boolean): Promise<object[]> => db`select 1 / (${isDone}::boolean)::integer as done`;
