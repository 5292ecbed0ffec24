import type { ChannelName } from "#core/activation";
import type { CodeFace } from "#sites/kit";
import type { Words } from "#words";
import { channelPaths } from "./paths.ts";

/** Which step of how many, and what the right code does. */
const byChannel = ({ actions, taxAuthority, citizenCard }: Words) => ({
  "tax-letter": { step: actions.step(3, 4, taxAuthority.steps.code), confirm: taxAuthority.confirm },
  "citizen-card": { step: actions.step(4, 5, citizenCard.steps.code), confirm: citizenCard.confirm },
});

export function codeFace(words: Words, channel: ChannelName): CodeFace {
  const { taxAuthority, actions } = words;
  const { pages, cancel } = channelPaths[channel];
  return {
    name: "activation-code",
    heading: taxAuthority.codeTitle,
    action: pages.code,
    sentTo: taxAuthority.codeSent,
    otherPhone: taxAuthority.wrongPhone,
    cancel: { action: cancel, label: actions.cancel },
    ...byChannel(words)[channel],
  };
}
