/** What each refusal of an activation means; any of them but a mistake in the form ends it (docs/law.md#error-ends). A channel's own are in its folder. */
import type { RefusalMeanings } from "#core/vocabulary";
import { channelMeanings } from "./channels/channels.ts";
import type { CommonRefusal, ContactMistake } from "./common.ts";
import type { PinWeakness } from "#core/mobile-keys";

type Common = Exclude<CommonRefusal, "sms.too-many" | "code.wrong" | "code.expired"> | Exclude<ContactMistake, PinWeakness>;

const common: RefusalMeanings<Common> = {
  "activation.gone": {
    happened: "No activation is under way in this browser: it timed out, or another one took its place.",
    desk: null,
  },
  "activation.out-of-step": {
    happened: "The page is not of the step at which the activation stands; the browser is led there.",
    desk: null,
  },
  "key.exists": {
    happened: "The person has a key; the tax authority never replaces one.",
    desk: "Replace the key here, with the document at hand.",
  },
  "phone.taken": {
    happened: "The number belongs to another key. Said only after its possession was proven.",
    desk: "Use another number, or have the key that holds it changed by its owner.",
  },
  "signature-pin.weak": {
    happened: "The signature PIN chosen is refused by the rules for PINs.",
    desk: null,
  },
  "signature.too-young": {
    happened: "The person is not yet of the age from which documents may be signed.",
    desk: "The signature can be enabled from that birthday on.",
  },
};

export const activationMeanings = { ...common, ...channelMeanings };
