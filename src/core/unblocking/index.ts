/** A locked key opens again: its owner's citizen card, a new PIN, and a code to the key's phone. */
export type * from "./contract.ts";
export { createUnblocking } from "./unblocking.ts";
