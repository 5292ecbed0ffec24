/** The figures of law.md, "Secrets and counting", one-time code. Times in seconds. */
export const figures = {
  digits: 6,
  tries: 3,
  resends: 2,
  resendAfter: 30,
  /** 5 min to sign in, to activate and to unblock; 10 where it goes by e-mail, which takes its time. */
  lives: { "sign-in": 300, activation: 300, unblock: 300, "change-email": 600 },
} as const;

export interface CodeState {
  readonly tries: number;
  readonly resends: number;
  readonly sentAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

const seconds = (count: number) => count * 1000;

export function expiryOf(act: keyof typeof figures.lives, now: Date): Date {
  return new Date(now.getTime() + seconds(figures.lives[act]));
}

/** When another code may be asked for; null when none is left. */
export function resendAt(code: CodeState): Date | null {
  if (code.resends >= figures.resends || code.tries >= figures.tries || code.usedAt) return null;
  return new Date(code.sentAt.getTime() + seconds(figures.resendAfter));
}

export function judgeResend(code: CodeState, now: Date): "allowed" | "code.too-soon" | "code.no-more" {
  const at = resendAt(code);
  if (at === null) return "code.no-more";
  return now < at ? "code.too-soon" : "allowed";
}

/** Why a try could not be counted: no guess is left, or the code is of the past. */
export function judgeUncounted(code: CodeState | null, now: Date): "code.expired" | "code.used-up" | "code.spent" {
  if (!code || code.expiresAt <= now) return "code.expired";
  return code.usedAt ? "code.spent" : "code.used-up";
}
