import { test } from "node:test";
import { burst } from "./burst.ts";

test("thirty deaths at random instants", async () => {
  await burst({ rounds: 30, stories: 10 }, console.log);
});
