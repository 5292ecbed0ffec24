import type { AskingPortal, CodeFace } from "#sites/kit";
import type { Words } from "#words";
import { cancelLabel, stepOf } from "./asking.ts";
import { addressOf } from "./paths.ts";

export function codeFace(words: Words, id: string, asks: AskingPortal): CodeFace {
  const { signIn } = words;
  return {
    name: "sign-in-code",
    heading: signIn.codeTitle,
    step: stepOf(words, 2, signIn.steps.code, asks),
    asks,
    action: addressOf(id, "code"),
    sentTo: signIn.codeSent,
    check: signIn.codeCheck(asks.name),
    confirm: signIn.confirm,
    cancel: { action: addressOf(id, "cancel"), label: cancelLabel(words, asks) },
  };
}
