/** Who is signed in here: in which browser, by which proof, at which level, since when. */
export type { Asked, NewSession, SessionClaim, Sessions, SignedIn, Standing } from "./contract.ts";
export { createSessions } from "./sessions.ts";
