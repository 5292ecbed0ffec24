/** What was typed, while it waits: sealed, and bound to the act it was typed for. */
import type { Floor } from "#platform/floor";
import type { ActRow } from "./store.ts";

const contextOf = (id: string) => `act ${id}`;

export function seal({ secrets }: Floor, id: string, typed: object): Promise<Buffer> {
  return secrets.seal("personal", JSON.stringify(typed), contextOf(id));
}

/** `as`: sealed, so it is what `seal` wrote for the act of that name. Null once it was wiped. */
export async function open<Typed extends object>({ secrets }: Floor, { id, typed }: ActRow): Promise<Typed | null> {
  return typed && (JSON.parse(await secrets.open("personal", typed, contextOf(id))) as Typed);
}
