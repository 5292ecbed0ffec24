/** The figures of docs/law.md#one-time-code. Times in seconds. */
export const figures = {
  digits: 6,
  tries: 3,
  resends: 2,
  resendAfter: 30,
  /** 5 min to sign in, to activate and for what is done to a key; 10 where it goes by e-mail, which takes its time. */
  lives: { "sign-in": 300, activation: 300, "act-by-sms": 300, "act-by-email": 600 },
} as const;
