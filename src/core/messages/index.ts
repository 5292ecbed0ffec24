/** SMS, e-mail and letters: sealed, queued, sent, tracked, forgotten. */
export type { EmailCarrier, PinLetter, PostalCarrier, PostalEvent, PrintBatch, SmsCarrier } from "./carriers.ts";
export { maskedPhone } from "./masked-phone.ts";
export { createMessages } from "./messages.ts";
export type { Contact, Messages } from "./contract.ts";
export type { MessageCatalogue, MessageWords } from "./words.ts";
