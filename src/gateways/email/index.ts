/** E-mail, over SMTP. */
export { createEmailCarrier } from "./email-carrier.ts";
export type { EmailCarrierNeeds } from "./email-carrier.ts";
