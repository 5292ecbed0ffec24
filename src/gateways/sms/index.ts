/** SMS to the mobile networks, over SMPP 3.4. */
export { createSmsCarrier } from "./sms-carrier.ts";
export type { SmsCarrierNeeds } from "./sms-carrier.ts";
