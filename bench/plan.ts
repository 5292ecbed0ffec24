/** How long and how often: enough for a look (`--quick`), or for figures to be quoted. */
export interface Plan {
  /** Interleaved: every row once, then every row again. */
  readonly rounds: number;
  /** Not counted: whoever lay idle while the others had their turns is given so long to be awake again. */
  readonly wakeSeconds: number;
  /** At full speed, then at half of it. */
  readonly fullSeconds: number;
  readonly halfSeconds: number;
  readonly warmUpSeconds: number;
  /** What compiles itself while it runs is warm after so many ceremonies; it is given so many seconds for them at most. */
  readonly compileCeremonies: number;
  readonly compileSeconds: number;
  /** Citizens with keyed PINs. */
  readonly people: number;
  /** Ceremonies in the run whose statements and writes are counted. */
  readonly counted: number;
}

export const quick: Plan = {
  rounds: 3,
  wakeSeconds: 0.5,
  fullSeconds: 2,
  halfSeconds: 2,
  warmUpSeconds: 3,
  compileCeremonies: 3_000,
  compileSeconds: 18,
  people: 20_000,
  counted: 50,
};
export const thorough: Plan = {
  rounds: 5,
  wakeSeconds: 1,
  fullSeconds: 10,
  halfSeconds: 10,
  warmUpSeconds: 10,
  compileCeremonies: 10_000,
  compileSeconds: 90,
  people: 100_000,
  counted: 300,
};
