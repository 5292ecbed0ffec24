/** The figures of docs/law.md#one-time-code. */
import { minutes, seconds } from "#platform/duration";

export const figures = {
  digits: 6,
  tries: 3,
  resends: 2,
  resendAfter: seconds(30),
  /** To sign in, to activate and for what is done to a key; longer where it goes by e-mail, which takes its time. */
  lives: { "sign-in": minutes(5), activation: minutes(5), "act-by-sms": minutes(5), "act-by-email": minutes(10) },
} as const;
