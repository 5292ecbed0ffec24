/**
 * A use-case's answer. A refusal is *returned*, never thrown: thrown out of a transaction it would roll back its own
 * counter and give the attacker the try back.
 */
export type Outcome<Success extends object, Refusal extends string> =
  | ({ readonly ok: true } & Success)
  | { readonly ok: false; readonly refusal: Refusal; readonly until?: Date; readonly triesLeft?: number };

export const done = { ok: true } as const;

export function refused<Refusal extends string>(
  refusal: Refusal,
  detail: { until?: Date; triesLeft?: number } = {},
): { ok: false; refusal: Refusal; until?: Date; triesLeft?: number } {
  return { ok: false, refusal, ...detail };
}
