/** What it means when nothing more is sent, or heard, for now. */
import type { RefusalMeanings } from "#core/vocabulary";

export const sendingMeanings: RefusalMeanings<"sms.too-many" | "address.too-many"> = {
  "sms.too-many": {
    happened: "A budget for messages to this number, from this network address, or in all, is spent for now.",
    desk: "Wait for the hour named; if the person received none, look into what was sent to the number.",
  },
  "address.too-many": {
    happened: "Too many tries failed from this network address: it is not heard for a few minutes.",
    desk: "Sign in from another connection, or wait ten minutes.",
  },
};
