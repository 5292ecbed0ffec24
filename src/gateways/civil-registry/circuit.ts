/**
 * A circuit breaker's rules, pure. After `threshold` failures in a row nobody calls for `rest`; then one caller tries, and
 * what it meets decides: a registry that is down is left alone, and our people get their answer at once instead of a wait.
 */
import type { Duration } from "#platform/duration";

export interface CircuitRules {
  readonly threshold: number;
  readonly rest: Duration;
}

export interface Circuit {
  readonly failures: number;
  /** When it opened, in milliseconds of the epoch; null while closed. */
  readonly openedAt: number | null;
  /** Half-open: the one trial call is under way. */
  readonly trying: boolean;
}

export const closedCircuit: Circuit = { failures: 0, openedAt: null, trying: false };

/** Whether a call may be made now, and the circuit once it is. */
export function admit(
  circuit: Circuit,
  now: number,
  rules: CircuitRules,
): { readonly admitted: boolean; readonly circuit: Circuit } {
  if (circuit.openedAt === null) return { admitted: true, circuit };
  const rested = now - circuit.openedAt >= rules.rest;
  if (!rested || circuit.trying) return { admitted: false, circuit };
  return { admitted: true, circuit: { ...circuit, trying: true } };
}

export function afterAnswer(): Circuit {
  return closedCircuit;
}

export function afterFailure(circuit: Circuit, now: number, rules: CircuitRules): Circuit {
  const failures = circuit.failures + 1;
  const opens = circuit.trying || failures >= rules.threshold;
  return { failures, openedAt: opens ? now : null, trying: false };
}
