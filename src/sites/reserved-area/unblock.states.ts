import { codeStepIn, codesOf, noMore, samples, statesOf, type States } from "#sites/kit";
import { endings, unblockRefusedView } from "./unblock-refused.view.ts";
import { unblockCodeFace, unblockDoneView, unblockPinView } from "./unblock.view.ts";

const { csrf, reference } = samples;
const unblockPin = { csrf, mistakes: {}, refusal: null };

export const unblockStates: States = {
  "unblock-pin": (words) => unblockPinView(words, unblockPin),
  "unblock-pin-different": (words) =>
    unblockPinView(words, { ...unblockPin, mistakes: { pin_repeat: words.fields.newPin.different } }),
  "unblock-pin-weak": (words) =>
    unblockPinView(words, {
      ...unblockPin,
      refusal: "pin.run",
      mistakes: { pin_new: words.fields.newPin.weakness["pin.run"] },
    }),
  "unblock-code": (words) => codeStepIn(words, unblockCodeFace(words, csrf)),
  "unblock-code-mistake": (words) =>
    codeStepIn(words, unblockCodeFace(words, csrf), { mistakes: { code: words.fields.code.notCode } }),
  "unblock-code-no-more": (words) => codeStepIn(words, unblockCodeFace(words, csrf), noMore(words)),
  "unblock-done": (words) => unblockDoneView(words, { csrf }),
  ...statesOf("unblock-refused-", codesOf(endings), (words, refusal) => unblockRefusedView(words, { refusal, reference })),
};
