import type { MessageWords } from "#core/messages";
import { shortened } from "./messages.pt.ts";

export const messagesEn: MessageWords = {
  signInCode: (code, portal, minutes) =>
    `${code} is the code to SIGN IN at "${shortened(portal)}". Valid ${minutes} min. Tell it to nobody.`,
  activationCode: (code, minutes) => `${code} is the code to ACTIVATE your key. Valid ${minutes} min. Tell it to nobody.`,
  unblockCode: (code, minutes) =>
    `${code} is the code to UNLOCK your key with a new PIN. Valid ${minutes} min. Tell it to nobody.`,
  emailCode: (code, minutes) =>
    `${code} is the code to CONFIRM this e-mail address for a mobile key. Valid ${minutes} minutes. Tell it to nobody. If you did not ask for it, do nothing: without the code the address is not used.`,
  letterRequested: (reference) =>
    `We received request ${reference} for a mobile key. The letter takes up to 5 working days. Not you? Go to a desk. We never send links.`,
  letterDelivered: (reference) =>
    `Letter ${reference} with your temporary PIN was delivered to your address. We never send links.`,
  letterReturned: (reference) =>
    `Letter ${reference} came back and its temporary PIN is void. Check your address and go to a desk. We never send links.`,
  letterExpired: (reference) =>
    `The temporary PIN of letter ${reference} is no longer valid. You can ask for another. We never send links.`,
  keyActive: () => "Your key is active, with the PIN you chose. If this was not you, go to a desk now. We never send links.",
  keyReplaced: () =>
    "Your key was replaced by another one, asked for with your citizen card. Not you? Go to a desk now. We never send links.",
  pinWait: (minutes) =>
    `Wrong PINs were tried on your key. You can try again in ${minutes} min. If it was not you, tell your PIN to nobody. We never send links.`,
  keyLocked: () => "Your key is locked. Unlock it with your citizen card or at a desk. We never send links.",
  keyUnblocked: () =>
    "Your key was unlocked with your citizen card and has a new PIN. If this was not you, go to a desk now. We never send links.",
  emailChanged: () => "The e-mail of your mobile key has changed. If this was not you, go to a desk now. We never send links.",
  emailRemoved: () =>
    "The e-mail of your mobile key was removed: we tell you by SMS alone. Not you? Go to a desk now. We never send links.",
  strangersClosed: () =>
    "Somebody tried to sign in with your number on another device and was stopped. You can go on using yours. We never send links.",
  temporaryPinVoid: () =>
    "Your temporary PIN is void after 5 wrong tries. Ask for a new letter or go to a desk. We never send links.",
  keyExpired: () => "Your key ended with your document. Renew the document and go to a desk. We never send links.",
  keyNotActive: () => "Somebody tried to sign in with your key, which is not active. Ask at a desk. We never send links.",
  newBrowser: (portal) =>
    `Your key signed in at "${shortened(portal)}" on a new device. If this was not you, go to a desk now. We never send links.`,
  emailSubject: "Your mobile key",
  emailCodeSubject: "Code to confirm your e-mail",
  emailClosing: "We never ask for your PIN or code by phone, text message or e-mail, and we never send links.",
};
