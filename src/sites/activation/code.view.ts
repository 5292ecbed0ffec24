import type { ChannelName } from "#core/activation";
import type { CodeFace } from "#sites/kit";
import type { Words } from "#words";
import { channelPaths, codeWords } from "./channels.ts";

export function codeFace(words: Words, channel: ChannelName): CodeFace {
  const { activate, actions } = words;
  const { pages, cancel } = channelPaths[channel];
  return {
    name: "activation-code",
    heading: activate.codeTitle,
    action: pages.code,
    sentTo: activate.codeSent,
    otherPhone: activate.wrongPhone,
    cancel: { action: cancel, label: actions.cancel },
    ...codeWords(words)[channel],
  };
}
