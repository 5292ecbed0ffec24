/** The settings of this installation: read, judged for production, described. Each is declared beside what it sets. */
export { describeSettings } from "./describe.ts";
export { checkProduction } from "./production.ts";
export { readSettings } from "./read.ts";
export type { Settings } from "./slices.ts";
