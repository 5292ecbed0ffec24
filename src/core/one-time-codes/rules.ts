/** The figures of law.md, "Secrets and counting", one-time code. Times in seconds. Pure. */
import type { CodeRecord, CountedCode } from "./contract.ts";

export const figures = {
  digits: 6,
  tries: 3,
  resends: 2,
  resendAfter: 30,
  /** 5 min to sign in, to activate and to unblock. */
  lives: { "sign-in": 300, activation: 300, unblock: 300 },
} as const;

const seconds = (count: number) => count * 1000;

export function expiryOf(act: keyof typeof figures.lives, now: Date): Date {
  return new Date(now.getTime() + seconds(figures.lives[act]));
}

/** When another code may be asked for; null when none is left. */
export function resendAt(code: CodeRecord | CountedCode): Date | null {
  const isUsedUp = "tries" in code && code.tries >= figures.tries;
  if (isUsedUp || code.resends >= figures.resends) return null;
  return new Date(code.sentAt.getTime() + seconds(figures.resendAfter));
}

export function judgeResend(code: CodeRecord | CountedCode, now: Date): "allowed" | "code.too-soon" | "code.no-more" {
  const at = resendAt(code);
  if (at === null) return "code.no-more";
  return now < at ? "code.too-soon" : "allowed";
}
