/** The figures of law.md, "Secrets and counting", one-time code. */
import { minutes, seconds } from "#platform/duration";

export const figures = {
  digits: 6,
  tries: 3,
  resends: 2,
  resendAfter: seconds(30),
  /** To sign in, to activate and to unblock. */
  lives: { "sign-in": minutes(5), activation: minutes(5), unblock: minutes(5) },
} as const;
