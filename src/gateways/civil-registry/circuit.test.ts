import assert from "node:assert/strict";
import { test } from "node:test";
import { admit, afterAnswer, afterFailure, closedCircuit, type Circuit } from "./circuit.ts";

const rules = { threshold: 5, rest: 10_000 };

function failing(times: number, from: Circuit = closedCircuit): Circuit {
  return Array.from({ length: times }).reduce<Circuit>((circuit) => afterFailure(circuit, 0, rules), from);
}

test("four failures in a row leave the circuit closed, the fifth opens it", () => {
  assert.equal(admit(failing(4), 0, rules).admitted, true);
  assert.equal(admit(failing(5), 0, rules).admitted, false);
});

test("an answer between failures starts the count again", () => {
  const interrupted = failing(4, afterAnswer());
  assert.equal(admit(interrupted, 0, rules).admitted, true);
});

test("an open circuit admits nobody until it has rested, then one caller alone", () => {
  const open = failing(5);
  assert.equal(admit(open, 9_999, rules).admitted, false);
  const first = admit(open, 10_000, rules);
  assert.equal(first.admitted, true);
  assert.equal(admit(first.circuit, 10_000, rules).admitted, false);
});

test("a failed trial opens it for another rest, a good one closes it", () => {
  const trial = admit(failing(5), 10_000, rules).circuit;
  const reopened = afterFailure(trial, 12_000, rules);
  assert.equal(admit(reopened, 21_999, rules).admitted, false);
  assert.equal(admit(reopened, 22_000, rules).admitted, true);
  assert.equal(admit(afterAnswer(), 12_000, rules).admitted, true);
});
