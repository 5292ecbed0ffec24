import { test } from "node:test";
import assert from "node:assert/strict";
import { bind } from "./bind.ts";

interface Needs {
  readonly greeting: string;
  readonly mark: string;
}

function greet({ greeting, mark }: Needs, name: string, times = 1): string {
  return `${greeting} ${name}`.concat(mark.repeat(times));
}

async function fail({ greeting }: Pick<Needs, "greeting">): Promise<never> {
  await Promise.resolve();
  throw new Error(greeting);
}

const bound = bind({ greeting: "hello", mark: "!" }, { greet, fail });

test("bound functions want the rest alone, optional ones too", () => {
  const typed: (name: string, times?: number) => string = bound.greet;
  assert.equal(typed("you"), "hello you!");
  assert.equal(bound.greet("you", 3), "hello you!!!");
  // @ts-expect-error A parameter that is missing does not compile.
  assert.equal(bound.greet(), "hello undefined!");
});

test("a fault names the function it came from", async () => {
  await assert.rejects(bound.fail(), ({ stack }: Error) => /at (async )?fail /.test(stack ?? ""));
});
