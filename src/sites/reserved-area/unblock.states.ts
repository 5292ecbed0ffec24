import { samples, type States } from "#sites/kit";
import { commonStates, sharedStates } from "./acts.states.ts";
import { unblock } from "./unblock.act.ts";

const form = { csrf: samples.csrf, mistakes: {}, mistake: null, given: null, email: null };

export const unblockStates: States = {
  "unblock-pin": (words) => unblock.formView(words, form),
  "unblock-pin-different": (words) =>
    unblock.formView(words, { ...form, mistakes: { pin_repeat: words.fields.newPin.different } }),
  "unblock-pin-weak": (words) =>
    unblock.formView(words, { ...form, mistake: "pin.run", mistakes: unblock.mistaken(words, "pin.run") }),
  ...commonStates(unblock, samples.sentCode.maskedPhone),
  ...sharedStates(unblock),
};
