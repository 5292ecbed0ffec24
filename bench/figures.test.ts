import assert from "node:assert/strict";
import { test } from "node:test";
import { resultsOf } from "./figures.ts";
import type { Measured } from "./figures.ts";

function row(name: string, cpu: readonly number[], more: Partial<Measured> = {}): Measured {
  const rounds = cpu.map((cpuMs) => ({ cpuMs, halfCpuMs: cpuMs, p50: 1, p99: 2 }));
  const figures = {
    perSecond: 100,
    memoryMb: 100,
    statements: null,
    commits: null,
    syncs: null,
    walBytes: null,
    done: 10,
    failed: 0,
  };
  return { name, store: "PostgreSQL", hash: "cheapest", hashNote: "", durable: true, ours: false, rounds, ...figures, ...more };
}

void test("a ratio is the best peer's processor time by ours, round by round", () => {
  const ours = row("Chave", [2, 4, 2], { ours: true });
  const { ratios } = resultsOf([ours, row("slow", [90, 90, 90]), row("fast", [20, 20, 30])], 7);
  assert.equal(ratios.keyed, 10);
});

void test("a peer that keeps no database counts in no ratio, and is told of as the floor", () => {
  const ours = [row("Chave", [2], { ours: true }), row("Chave", [9], { ours: true, hash: "argon2" })];
  const { ratios, floor } = resultsOf([...ours, row("memory", [2], { durable: false }), row("kept", [20])], 7);
  assert.deepEqual({ ...ratios, floor }, { keyed: 10, equalHash: 3, floor: 1 });
});

void test("ours counts as it runs on PostgreSQL, even when the embedded engine did better", () => {
  const ours = [row("Chave", [1], { ours: true, store: "PGlite" }), row("Chave", [4], { ours: true })];
  assert.equal(resultsOf([...ours, row("peer", [8])], 7).ratios.keyed, 2);
});

void test("a peer's own hash is taken out and Argon2id put in, and marked so", () => {
  const { rows } = resultsOf([row("peer", [10], { hash: "cheapest" }), row("peer", [50], { hash: "own" })], 7);
  assert.deepEqual(
    rows.map(({ equalHashCpuMs, equalHashEstimated }) => [equalHashCpuMs, equalHashEstimated]),
    [
      [17, true],
      [17, true],
    ],
  );
});

void test("without peers there is no ratio", () => {
  assert.deepEqual(resultsOf([row("Chave", [2], { ours: true })], 7).ratios, { keyed: null, equalHash: null });
});
