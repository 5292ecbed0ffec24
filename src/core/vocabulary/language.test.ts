import assert from "node:assert/strict";
import { test } from "node:test";
import { inEachLanguage, inLanguage, isLanguage, languages } from "./language.ts";

test("a name is said in the reader's language where its owner gave it so, else in Portuguese", () => {
  assert.equal(inLanguage({ pt: "Câmara", en: "Town hall" }, "en"), "Town hall");
  assert.equal(inLanguage({ pt: "Câmara" }, "en"), "Câmara");
});

test("what is made in each language is made in all of them, and in no other", () => {
  assert.deepEqual(Object.keys(inEachLanguage((language) => language)), [...languages]);
  assert.equal(isLanguage("xx"), false);
});
