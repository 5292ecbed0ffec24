import { minutes } from "#platform/duration";

/** How long what this door gives may be used. */
export const lifetimes = {
  authorizationCode: minutes(1),
  accessToken: minutes(10),
  idToken: minutes(10),
  /** A request under way at the engine. */
  interaction: minutes(15),
  /** Longer than anything that a grant gives can live. */
  revocation: minutes(20),
  logoutTicket: minutes(15),
} as const;
