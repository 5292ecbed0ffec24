/** How long and how often: enough for a look (`--quick`), or for figures to be quoted. */
export interface Plan {
  /** Interleaved: every row once, then every row again. */
  readonly rounds: number;
  readonly roundSeconds: number;
  readonly warmUpSeconds: number;
  /** The same for what compiles itself while it runs. */
  readonly compileSeconds: number;
  readonly fullSpeedSeconds: number;
  /** Citizens with keyed PINs. */
  readonly people: number;
  /** Ceremonies in the run whose statements and writes are counted. */
  readonly counted: number;
}

export const quick: Plan = {
  rounds: 3,
  roundSeconds: 3.5,
  warmUpSeconds: 3,
  compileSeconds: 8,
  fullSpeedSeconds: 3,
  people: 20_000,
  counted: 50,
};
export const thorough: Plan = {
  rounds: 5,
  roundSeconds: 20,
  warmUpSeconds: 15,
  compileSeconds: 30,
  fullSpeedSeconds: 15,
  people: 100_000,
  counted: 300,
};
