/** The first half: phone and PIN, and the code that a right PIN sends. */
import type { Visitor } from "#core/vocabulary";
import { maskedPhone } from "#core/messages";
import type { CheckedPin, RightPin } from "#core/mobile-keys";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import type { Occasion } from "../proven.ts";
import { codeSaid, subjectOf } from "./code.ts";
import type { PreparedCode } from "./contract.ts";
import type { KeyAndCodeNeeds } from "./needs.ts";
import { queueWarning } from "./owner-warnings.ts";

type WrongPin = Extract<CheckedPin, { right: false }>;
/** Nothing that its owner need be told. */
const wrong: WrongPin = { right: false, why: null, until: null };

export async function checkPin(
  needs: KeyAndCodeNeeds,
  visitor: Visitor,
  { phone, pin }: { readonly phone: string; readonly pin: string },
): Promise<Outcome<{ right: RightPin }, "sign-in.refused" | "address.too-many">> {
  const { people, messages } = needs;
  if (await messages.holdsOff(visitor.address)) return refused("address.too-many");
  const checked = await people.keys.checkPin(phone, pin, visitor.browser);
  return checked.right ? { ...done, right: checked } : pinRefused(needs, visitor, phone, checked);
}

async function pinRefused(needs: KeyAndCodeNeeds, { address }: Visitor, phone: string, checked: WrongPin) {
  await needs.messages.countMiss(address);
  await queueWarning(needs, phone, checked);
  return refused("sign-in.refused");
}

/** Verdict before spending: what the SMS costs is only taken together with the SMS itself. */
export async function prepareCode(needs: KeyAndCodeNeeds, occasion: Occasion, right: RightPin): Promise<PreparedCode | null> {
  const { people, codes, messages } = needs;
  const { key } = right;
  const to = { phone: key.phone, address: occasion.visitor.address, portalId: occasion.portal.id };
  const admission = await messages.prepareAdmission(to);
  if (!admission) return null;
  const { fresh, record } = await codes.draw("sign-in", subjectOf(occasion));
  const sms = await messages.prepareCode(key, codeSaid(occasion.portal, key, fresh), fresh.expiresAt);
  return {
    keyId: key.id,
    citizenId: key.citizenId,
    code: { ...record, maskedPhone: maskedPhone(key.phone) },
    ready: [() => people.keys.acceptPin(right), admission, sms],
  };
}

export async function withdrawPin(
  needs: KeyAndCodeNeeds,
  visitor: Visitor,
  right: RightPin,
): Promise<Outcome<object, "sign-in.refused">> {
  const { floor, people } = needs;
  const isStillRight = (await floor.db.atOnce(() => [people.keys.acceptPin(right)])) !== null;
  return isStillRight ? done : pinRefused(needs, visitor, right.key.phone, wrong);
}
