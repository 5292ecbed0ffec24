/** Why a PIN may not be chosen; the form is shown again. The codes are those of pin-rules.ts. */
import type { RefusalMeanings } from "#core/vocabulary";
import type { PinWeakness } from "./pin-rules.ts";

export const pinMeanings: RefusalMeanings<PinWeakness> = {
  "pin.length": {
    happened: "The PIN chosen does not have 4 to 8 digits.",
    desk: null,
  },
  "pin.repeats": {
    happened: "The PIN repeats one digit or group of digits.",
    desk: null,
  },
  "pin.run": {
    happened: "The digits of the PIN follow each other up or down.",
    desk: null,
  },
  "pin.birth-date": {
    happened: "The PIN is a way to write the birth date, or a part of one.",
    desk: null,
  },
  "pin.phone": {
    happened: "The PIN is a part of the phone number.",
    desk: null,
  },
  "pin.document": {
    happened: "The PIN is a part of the civil id, the tax number or the document number.",
    desk: null,
  },
  "pin.common": {
    happened: "The PIN is among those that are guessed first.",
    desk: null,
  },
  "pin.temporary": {
    happened: "The PIN chosen is the temporary one of the letter.",
    desk: null,
  },
};
