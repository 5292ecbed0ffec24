import { bind } from "#platform/bind";
import { same } from "#platform/fingerprint";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import type { Secrets } from "#platform/secrets";
import type { Clock, Random } from "#platform/world";
import type { CodeAct, CodeRecord, CodeStanding, CountedCode, DrawnCode, OneTimeCodes } from "./contract.ts";
import { figures } from "./figures.ts";
import { expiryOf, judgeResend, resendAt } from "./rules.ts";

declare module "#platform/secrets" {
  interface Purposes {
    /** One-time codes are kept as its hash. */
    code: true;
  }
}

export interface CodeNeeds {
  readonly clock: Clock;
  readonly random: Random;
  readonly secrets: Secrets;
}

export function createOneTimeCodes(needs: CodeNeeds): OneTimeCodes {
  return { ...bind(needs, { draw, redraw, compare }), resendAt, standing };
}

/** Bound to the subject: right for one act, the digits are worth nothing for another. */
function macOf({ secrets }: CodeNeeds, subject: string, digits: string): Promise<Buffer> {
  return secrets.mac("code", `${subject}\n${digits}`);
}

function draw(needs: CodeNeeds, act: CodeAct, subject: string): Promise<DrawnCode> {
  return drawAfter(needs, act, subject, 0);
}

async function drawAfter(needs: CodeNeeds, act: CodeAct, subject: string, resends: number): Promise<DrawnCode> {
  const digits = needs.random.digits(figures.digits);
  const sentAt = needs.clock.now();
  const expiresAt = expiryOf(act, sentAt);
  const mac = await macOf(needs, subject, digits);
  return { fresh: { digits, expiresAt, minutes: figures.lives[act] / 60 }, record: { mac, resends, sentAt, expiresAt } };
}

async function redraw(
  needs: CodeNeeds,
  act: CodeAct,
  subject: string,
  record: CodeRecord | CountedCode,
): Promise<Outcome<DrawnCode, "code.too-soon" | "code.no-more">> {
  const verdict = judgeResend(record, needs.clock.now());
  if (verdict === "code.no-more") return refused(verdict);
  if (verdict === "code.too-soon") return refused(verdict, { until: resendAt(record) ?? needs.clock.now() });
  return { ...done, ...(await drawAfter(needs, act, subject, record.resends + 1)) };
}

async function compare(
  needs: CodeNeeds,
  subject: string,
  { mac, expiresAt }: CodeRecord,
  digits: string,
): Promise<Outcome<object, "code.wrong" | "code.expired">> {
  if (expiresAt <= needs.clock.now()) return refused("code.expired");
  return same(mac, await macOf(needs, subject, digits)) ? done : refused("code.wrong");
}

function standing(code: (CodeRecord | CountedCode) & { readonly maskedPhone: string }): CodeStanding {
  return { maskedPhone: code.maskedPhone, expiresAt: code.expiresAt, resendAt: resendAt(code) };
}
