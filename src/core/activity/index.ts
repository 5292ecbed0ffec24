/** What happened, append-only: the person's own history, and the auditor's chain over it. */
export { createActivity } from "./activity.ts";
export type { Activity, EventKind, NewEvent, PastSignIn } from "./contract.ts";
