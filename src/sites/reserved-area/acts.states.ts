/** What every act shows alike, in each of its states. */
import { codeStepIn, codesOf, noMore, samples, statesOf, type States } from "#sites/kit";
import type { ActLook } from "./act-site.ts";
import { actDoneView, codeFaceOf } from "./act.view.ts";
import { actRefusedView, endings } from "./act-refused.view.ts";

const { csrf, reference } = samples;

/** `sentTo`: a sample of where its code goes. */
export function commonStates(look: ActLook, sentTo: string): States {
  const code = { ...samples.sentCode, maskedPhone: sentTo };
  return {
    [`${look.name}-code`]: (words) => codeStepIn(words, codeFaceOf(words, look, csrf), { code }),
    [`${look.name}-code-mistake`]: (words) =>
      codeStepIn(words, codeFaceOf(words, look, csrf), { code, mistakes: { code: words.fields.code.notCode } }),
    [`${look.name}-done`]: (words) => actDoneView(words, look, { csrf }),
  };
}

/** What is the same but for one way out is looked at in one act. */
export function sharedStates(look: ActLook): States {
  return {
    [`${look.name}-code-no-more`]: (words) => codeStepIn(words, codeFaceOf(words, look, csrf), noMore(words)),
    ...statesOf(`${look.name}-refused-`, codesOf(endings), (words, refusal) =>
      actRefusedView(words, look, { refusal, reference }),
    ),
  };
}
