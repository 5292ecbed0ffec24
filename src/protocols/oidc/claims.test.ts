import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { test } from "node:test";
import { attributeNames } from "#core/vocabulary";
import { createLog } from "#platform/log";
import { claimTable } from "./claims.ts";

test("no attribute is written to the log by its name or its claim's, whoever logs it by mistake", () => {
  const lines: string[] = [];
  const write = (chunk: Buffer, _encoding: string, next: () => void) => {
    lines.push(String(chunk));
    next();
  };
  const log = createLog({ level: "info", destination: new Writable({ write }) });
  for (const name of attributeNames) log.info({ [name]: `by ${name}`, [claimTable[name].claim]: `as ${name}` }, "a mistake");
  assert.equal(lines.length, attributeNames.length);
  assert.doesNotMatch(lines.join(""), /by |as /);
});
