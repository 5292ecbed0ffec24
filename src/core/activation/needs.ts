import type { OneTimeCodes } from "#core/one-time-codes";
import type { ChannelNeeds } from "./channels/channel.ts";
import type { Channels } from "./channels/channels.ts";

export interface ActivationNeeds extends ChannelNeeds {
  readonly codes: OneTimeCodes;
}

/** Of the common steps. */
export interface Needs extends ActivationNeeds {
  readonly channels: Channels;
}
