import { test } from "node:test";
import { burst } from "./burst.ts";

test("ten stories at once, killed at a random instant: what was told is true, and each can be brought to its end", async () => {
  await burst({ rounds: 1, stories: 10 }, console.log);
});
