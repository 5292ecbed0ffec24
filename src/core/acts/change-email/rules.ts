/** Which address a key may be given. Pure. */

export type EmailMistake = "email.malformed" | "email.same" | "email.missing";

/** One address and nothing else: a list, a name or a line end in it would send our words to somebody else (RFC 5321 4.1.2, 4.5.3.1). */
const address = /^[\w!#$%&'*+/=?^`{|}~.-]{1,64}@[a-z0-9.-]{1,189}$/i;

/** `typed`: empty where the address is to be removed. `current`: null where the key has none. */
export function judgeEmail(typed: string, current: string | null): EmailMistake | null {
  if (typed === "") return current === null ? "email.missing" : null;
  if (!address.test(typed)) return "email.malformed";
  return typed.toLowerCase() === current?.toLowerCase() ? "email.same" : null;
}

/** What happened, for the history: never the address itself. */
export function changeOf({ email, former }: { email: string; former: string | null }): "added" | "changed" | "removed" {
  if (email === "") return "removed";
  return former === null ? "added" : "changed";
}
