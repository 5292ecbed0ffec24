import type { ChannelName } from "#core/activation";
import type { CodeFace } from "#sites/kit";
import type { Words } from "#words";
import { channelPaths, codeWords } from "./channels.ts";

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
    ...codeWords(words)[channel],
  };
}
