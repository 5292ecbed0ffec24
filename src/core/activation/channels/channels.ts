/** The channels: a line each. Their names, steps and refusals are known from here to the common steps, and to the doors. */
import type { Channel, ChannelNeeds } from "./channel.ts";
import { createCitizenCard } from "./citizen-card/channel.ts";
import { citizenCardMeanings } from "./citizen-card/refusals.ts";
import { createTaxLetter } from "./tax-letter/channel.ts";
import { taxLetterMeanings } from "./tax-letter/refusals.ts";

export const openChannels = (needs: ChannelNeeds) => ({
  "tax-letter": createTaxLetter(needs),
  "citizen-card": createCitizenCard(needs),
});

/** What the refusals of each mean. */
export const channelMeanings = { ...taxLetterMeanings, ...citizenCardMeanings };

export type Channels = Readonly<ReturnType<typeof openChannels>>;

/** Of the channels, those that need no clerk. */
export type ChannelName = keyof Channels;

type RefusalOf<Each> = Each extends Channel<object, infer Refusal, object> ? Refusal : never;
type ShownOf<Each> = Each extends Channel<object, string, infer Shown> ? Shown : never;
type KeyOf<Each> = Each extends Each ? keyof Each : never;
type PartOf<Each, Key extends PropertyKey> = Each extends Readonly<Record<Key, infer Part>> ? Part : never;
type AnyOf<Each> = { readonly [Key in KeyOf<Each>]?: PartOf<Each, Key> };

export type ChannelRefusal = RefusalOf<Channels[ChannelName]>;
/** Of what each channel shows, whatever this one does. */
export type ChannelShown = AnyOf<ShownOf<Channels[ChannelName]>>;
export type ChannelSteps = { readonly [Name in ChannelName]: Channels[Name]["steps"] };

type AnyChannel = Channel<object, ChannelRefusal, ChannelShown>;

function isNameOf(channels: Channels, name: string): name is ChannelName {
  return Object.hasOwn(channels, name);
}

/** The channel that a row names. A row of another version may name one that is not there. */
export function channelNamed(channels: Channels, name: string): { readonly name: ChannelName; readonly channel: AnyChannel } {
  if (!isNameOf(channels, name)) throw new Error(`there is no channel ${name}`);
  return { name, channel: channels[name] };
}

export function stepsOf(channels: Channels): ChannelSteps {
  // `as`: Object.fromEntries forgets which name has which type.
  return Object.fromEntries(Object.entries(channels).map(([name, { steps }]) => [name, steps])) as unknown as ChannelSteps;
}
