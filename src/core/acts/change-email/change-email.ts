/** Another e-mail for the key, proven by a code sent to it before it is told to anybody or gets more than that code; or none any more. (docs/law.md#email-proven). */
import type { OwnedKey } from "#core/mobile-keys";
import type { ActRefusal } from "../contract.ts";
import type { ActDefinition, ActNeeds, Contactable, Subject } from "../definition.ts";
import { onlyActive } from "../rules.ts";
import { changeOf, judgeEmail } from "./rules.ts";
import type { EmailMistake } from "./rules.ts";

interface Given {
  /** Empty: the key is to have none. */
  readonly email: string;
}

interface Typed extends Given {
  /** The key's when the form was filled in; what it has by then is not overwritten. */
  readonly former: string | null;
}

export const changeEmail: ActDefinition<Given, Typed, EmailMistake> = {
  name: "change-email",
  proofs: ["key-and-code", "citizen-card"],
  obstacles: onlyActive,
  repeats: true,
  judge: async (_, key, { email }) => judgeEmail(email, key.email),
  keep: async (_, { email: former }: OwnedKey, { email }) => ({ email, former }),
  codeTo: (_: Contactable, { email }) =>
    email === "" ? null : { email, say: (words, digits, minutes) => words.emailCode(digits, minutes) },
  effect,
  told: ({ email, former }) => ({
    say: (words) => (email === "" ? words.emailRemoved() : words.emailChanged()),
    formerEmail: former,
  }),
  audited: (typed) => ({ kind: "key.email-changed", detail: { change: changeOf(typed) } }),
};

async function effect({ people: { keys } }: ActNeeds, typed: Typed, { keyId }: Subject): Promise<ActRefusal | null> {
  const email = typed.email === "" ? null : typed.email;
  return (await keys.changeEmail(keyId, email, typed.former)) ? null : "key.changed";
}
