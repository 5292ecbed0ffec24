import assert from "node:assert/strict";
import { test } from "node:test";
import { testSecrets } from "../../../tests/world/world.ts";
import { openAnswer, openProfile, sealAnswer } from "./profiles.ts";

test("what was authorised opens as that, and not in the place of what may be told", async () => {
  const secrets = testSecrets();
  const answer = await sealAnswer(secrets, "a-sign-in", { name: "Benedita Inventada" });
  assert.deepEqual(await openAnswer(secrets, "a-sign-in", answer), { name: "Benedita Inventada" });
  await assert.rejects(openProfile(secrets, { id: "a-sign-in", profile: answer }));
  await assert.rejects(openAnswer(secrets, "another-sign-in", answer));
});
