/** The second half: the code, sent again, counted, compared, and what it proves together with the PIN. */
import { inLanguage } from "#core/vocabulary";
import type { MessageWords } from "#core/messages";
import type { CountedCodeTry, KeySummary } from "#core/mobile-keys";
import type { Portal } from "#core/portals";
import type { Ready } from "#platform/jobs";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import type { Occasion, Proven } from "../proven.ts";
import type { KeyCode } from "./contract.ts";
import type { KeyAndCodeNeeds } from "./needs.ts";
import { reachedWithKey } from "./worth.ts";

/** What a code is bound to: this very sign-in. */
export const subjectOf = ({ id }: Pick<Occasion, "id">): string => `sign-in ${id}`;

export const codeSaid =
  (portal: Portal, { language }: KeySummary, { digits, minutes }: { readonly digits: string; readonly minutes: number }) =>
  (words: MessageWords): string =>
    words.signInCode(digits, inLanguage(portal.name, language), minutes);

export async function prepareResend(
  { people, codes, messages }: KeyAndCodeNeeds,
  occasion: Occasion,
  { keyId, code }: { readonly keyId: string; readonly code: KeyCode },
): Promise<Outcome<{ code: KeyCode; send: Ready }, "key.gone" | "code.too-soon" | "code.no-more" | "sms.too-many">> {
  const { portal, visitor } = occasion;
  const key = await people.keys.loadUsable(keyId);
  if (!key) return refused("key.gone");
  const redrawn = await codes.redraw("sign-in", subjectOf(occasion), code);
  if (!redrawn.ok) return redrawn;
  const isAdmitted = await messages.admitCode({ phone: key.phone, address: visitor.address, portalId: portal.id });
  if (!isAdmitted) return refused("sms.too-many");
  const { fresh, record } = redrawn;
  const send = await messages.prepareCode(key, codeSaid(portal, key, fresh), fresh.expiresAt);
  return { ...done, code: { ...record, maskedPhone: code.maskedPhone }, send };
}

export async function judgeCode(
  needs: KeyAndCodeNeeds,
  occasion: Occasion,
  code: KeyCode,
  counted: CountedCodeTry,
  digits: string,
): Promise<Outcome<object, "code.wrong" | "code.expired" | "code.used-up">> {
  const compared = await needs.codes.compare(subjectOf(occasion), code, digits);
  if (compared.ok) return done;
  if (compared.refusal === "code.expired") {
    await needs.people.keys.takeBackCodeTry(counted.key.id); // Nothing was compared.
    return refused(compared.refusal);
  }
  if (counted.left > 0) return refused(compared.refusal, { triesLeft: counted.left });
  await tellOfLock(needs, occasion, code, counted.key);
  return refused("code.used-up");
}

/** Three codes were wrong after a right PIN, which somebody else probably knows: the owner must hear of it, once. */
async function tellOfLock(
  { floor, messages, activity }: KeyAndCodeNeeds,
  { id, portal }: Occasion,
  { sentAt }: KeyCode,
  key: KeySummary,
): Promise<void> {
  await floor.db.transaction(async () => {
    await activity.record({ kind: "key.locked", citizenId: key.citizenId, portalId: portal.id });
    await messages.warn(key, (words) => words.keyLocked(), `locked ${id} ${String(sentAt.getTime())}`);
  });
}

export async function provenBy(
  { people, messages }: KeyAndCodeNeeds,
  { portal, visitor }: Occasion,
  { key, knownBrowser }: CountedCodeTry,
): Promise<Proven> {
  const isTold = !key.pinTemporary && !knownBrowser;
  const notices = isTold
    ? await messages.prepareTell(key, (words) => words.newBrowser(inLanguage(portal.name, key.language)))
    : [];
  return { ...provenWith(key), ready: [() => people.keys.recordSuccess(key.id, visitor.browser), ...notices] };
}

export function provenWith(key: KeySummary): Proven {
  const { id: keyId, citizenId, level } = key;
  const proof = { by: "key-and-code", keyId } as const;
  return { citizenId, proof, level: reachedWithKey(level), contact: key, ready: [] };
}
