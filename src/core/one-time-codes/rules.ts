/** How long a code lives, and when another may take its place. Pure. */
import type { CodeAct, CodeRecord, CountedCode } from "./contract.ts";
import { figures } from "./figures.ts";

const seconds = (count: number) => count * 1000;

export function expiryOf(act: CodeAct, now: Date): Date {
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
