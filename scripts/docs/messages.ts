/** `docs/messages.md`: every message a person may get, as it is said in each language, and how many SMS it takes. */
import type { MessageWords } from "../../src/core/messages/index.ts";
import { languages } from "../../src/core/vocabulary/index.ts";
import { encodeParts } from "../../src/gateways/sms/parts.ts";
import { messageCatalogue } from "../../src/words/index.ts";

type Sentence = { [Name in keyof MessageWords]: MessageWords[Name] extends string ? never : Name }[keyof MessageWords];

interface Sample<Name extends Sentence> {
  readonly when: string;
  /** Invented values, about as long as real ones. */
  readonly said: Parameters<MessageWords[Name]>;
  /** Where it does not go by SMS. */
  readonly by?: "e-mail";
}

const SAMPLES: { readonly [Name in Sentence]: Sample<Name> } = {
  signInCode: { when: "phone and PIN were right at a portal", said: ["123456", "Portal dos Impostos", 5] },
  activationCode: { when: "a phone was given in an activation", said: ["123456", 5] },
  unblockCode: { when: "a new PIN was chosen for a locked key", said: ["123456", 5] },
  emailCode: { when: "an e-mail address was given for the key", said: ["123456", 10], by: "e-mail" },
  letterRequested: { when: "an activation through the tax authority is done and its letter is queued", said: ["C-7Q4M-2XKD"] },
  letterDelivered: { when: "the post office says that the letter arrived", said: ["C-7Q4M-2XKD"] },
  letterReturned: { when: "the letter came back", said: ["C-7Q4M-2XKD"] },
  letterExpired: { when: "the temporary PIN was never used", said: ["C-7Q4M-2XKD"] },
  keyActive: { when: "a key has its owner's own PIN", said: [] },
  keyReplaced: { when: "the citizen card put another key in this one's place", said: [] },
  pinWait: { when: "wrong PINs make the next try wait", said: [30] },
  keyLocked: { when: "the key was locked by wrong PINs or codes", said: [] },
  keyUnblocked: { when: "the key was unblocked with the citizen card", said: [] },
  emailChanged: { when: "the e-mail of the key was proven and changed; the former address is told too", said: [] },
  emailRemoved: { when: "the e-mail was taken off the key; the former address is told too", said: [] },
  strangersClosed: { when: "browsers that never signed in with the key are shut out", said: [] },
  temporaryPinVoid: { when: "the temporary PIN was wrong too often", said: [] },
  keyExpired: { when: "somebody tried a key that ended with its document", said: [] },
  keyNotActive: { when: "somebody tried a key that is not active", said: [] },
  newBrowser: { when: "the key signed in from a browser it did not know", said: ["Portal dos Impostos"] },
};

export function messagesPage(): string {
  const names = Object.keys(SAMPLES) as Sentence[]; // The keys of a constant are known.
  return [
    "# Messages\n",
    "Every message a person may get by SMS; notices go to the e-mail on file too. Made by `npm run docs` from the catalogue of words: do not",
    "edit. An SMS loses its accents on the way out, so that it has 160 letters a part; a code's last line binds it to our address.\n",
    ...names.map(entry),
  ].join("\n");
}

function entry(name: Sentence): string {
  const lines = languages.map((language) => {
    const text = sentence(name, messageCatalogue[language]);
    return `- **${language}** (${SAMPLES[name].by ?? `${String(partsOf(text))} SMS`}): ${text}`;
  });
  return `## ${name}\n\nWhen ${SAMPLES[name].when}.\n\n${lines.join("\n")}\n`;
}

function sentence(name: Sentence, words: MessageWords): string {
  const say = words[name] as (...said: readonly unknown[]) => string; // `said` is of this very sentence: SAMPLES is typed by it.
  return say(...SAMPLES[name].said);
}

function partsOf(text: string): number {
  return encodeParts(text.normalize("NFD").replaceAll(/\p{Mark}/gu, ""), () => 0).parts.length;
}
