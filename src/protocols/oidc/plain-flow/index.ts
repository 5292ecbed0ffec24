/**
 * The plain code flow, on a path of its own: what nearly every sign-in is, in three statements of this door and without the
 * engine. It only ever says yes. A request that is out of the ordinary in any way, or wrong, is the engine's to judge.
 */
export { createPlainFlow } from "./plain-flow.ts";
export type { PlainFlow } from "./plain-flow.ts";
