/** Of a journey, which steps may come after which. `docs/journeys.md` is drawn from these tables. */
export type Moves<Step extends string> = Readonly<Record<Step, readonly Step[]>>;

/** Throws where no such move is in the table: whoever meant to make it is wrong, and no person's input can be the reason. */
export function mustBeMove<Step extends string>(moves: Moves<Step>, from: Step, to: Step): void {
  if (!moves[from].includes(to)) throw new Error(`nothing goes from step ${from} to step ${to}`);
}
