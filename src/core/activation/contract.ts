/** The sentences in which doors speak with activation: those of every channel here, those of one in its folder. Terms: common.ts. */
import type { CodeStanding } from "#core/one-time-codes";
import type { Outcome } from "#platform/outcome";
import type { ChannelName, ChannelRefusal, ChannelShown, ChannelSteps } from "./channels/channels.ts";
import type { Applicant, CommonRefusal, Contact, ContactMistake, Step } from "./common.ts";

export type ActivationRefusal = CommonRefusal | ChannelRefusal;

export type ResendRefusal = ActivationRefusal | "code.too-soon" | "code.no-more";

export interface ActivationView {
  readonly id: string;
  readonly channel: ChannelName;
  readonly step: Step;
  /** Given name only, to greet; never more than the person told us through the tax authority. */
  readonly givenNames: string;
  /** In step "code". */
  readonly code: CodeStanding | null;
  /** What its channel alone shows. */
  readonly shown: ChannelShown;
}

export interface Activation {
  /** What a person does in one channel alone: to begin, and to say who they are. */
  readonly channels: ChannelSteps;
  /** Where the activation of this browser stands. */
  view(applicant: Applicant): Promise<Outcome<{ view: ActivationView }, "activation.gone">>;
  /** Phone, e-mail and what else the channel lets choose. The authorisation box was ticked (`consent`). Sends the code. */
  giveContact(applicant: Applicant, contact: Contact): Promise<Outcome<object, ActivationRefusal | ContactMistake>>;
  /** Another code; `until` with "code.too-soon" is when it may be asked for. Neither that nor "code.no-more" ends anything. */
  resend(applicant: Applicant): Promise<Outcome<object, ResendRefusal>>;
  /** The right code makes the key, and whatever belongs to it in its channel. One wrong code ends it. */
  confirm(applicant: Applicant, code: string): Promise<Outcome<object, ActivationRefusal>>;
  /** Gives up and wipes what was typed. */
  cancel(applicant: Applicant): Promise<void>;
}
