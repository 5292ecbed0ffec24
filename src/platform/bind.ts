/** How a face is made of plain functions: each takes what it needs first, is seen in an outline and named by a debugger. */

type Bound<Functions> = {
  readonly [Name in keyof Functions]: Functions[Name] extends (needs: never, ...rest: infer Rest) => infer Result
    ? (...rest: Rest) => Result
    : never;
};

/** The same functions without their first parameter. A generic function loses its type parameters: bind that one by hand. */
export function bind<Needs, Functions extends Readonly<Record<string, (needs: Needs, ...rest: never[]) => unknown>>>(
  needs: Needs,
  functions: Functions,
): Bound<Functions> {
  const bound = Object.entries(functions).map(([name, act]) => [name, act.bind(undefined, needs)] as const);
  // `as`: Object.fromEntries forgets which name has which type.
  return Object.fromEntries(bound) as Bound<Functions>;
}
