/** How a key comes to be: the common steps, and one folder for each channel. */
export { createActivation } from "./activation.ts";
export type { ActivationRefusal, ActivationView, Activation, ResendRefusal } from "./contract.ts";
export type { Applicant, Contact, ContactMistake, Step } from "./common.ts";
export type { ChannelName } from "./channels/channels.ts";
export type { CitizenCardSteps, LearnedAttributes } from "./channels/citizen-card/contract.ts";
export type { LetterView, TaxLetterSteps } from "./channels/tax-letter/contract.ts";
export type { TaxAuthority } from "./channels/tax-letter/tax-authority.ts";
