/** Phone and PIN, then a code to that phone. Whoever asks keeps the code beside its own act; its tries are the key's. */
import { bind } from "#platform/bind";
import { judgeCode, prepareResend, provenBy } from "./code.ts";
import type { KeyAndCode } from "./contract.ts";
import type { KeyAndCodeNeeds } from "./needs.ts";
import { activate, judgeNewPin } from "./new-pin.ts";
import { warnOwner } from "./owner-warnings.ts";
import { checkPin, prepareCode, withdrawPin } from "./pin.ts";

export function createKeyAndCode(needs: KeyAndCodeNeeds): KeyAndCode {
  const { codes, people } = needs;
  return {
    ...bind(needs, { checkPin, prepareCode, withdrawPin, prepareResend, judgeCode, provenBy, judgeNewPin, activate }),
    resendAt: (code) => codes.resendAt(code),
    countTry: (keyId, browser) => people.keys.countCodeTry(keyId, browser),
    takeBackTry: (keyId) => people.keys.takeBackCodeTry(keyId),
    jobKinds: { "owner-warning": { handle: (warning, job) => warnOwner(needs, warning, job.id) } },
  };
}
