/** What may be told of whoever proved who they are: read once, sealed with the sign-in until it is answered. */
import type { AttributeName, RequestedAttribute } from "#core/vocabulary";
import { attributesOf } from "#core/citizens";
import type { Citizens } from "#core/citizens";
import type { KeySummary } from "#core/mobile-keys";

import type { Secrets } from "#platform/secrets";
import type { RequestRow } from "./store.ts";

export type Values = Readonly<Partial<Record<AttributeName, string | null>>>;
export type Granted = Readonly<Partial<Record<AttributeName, string>>>;
/** What the key adds to a citizen's attributes. */
export type Contact = Pick<KeySummary, "phone" | "email">;
type Citizen = NonNullable<Awaited<ReturnType<Citizens["load"]>>>;

export interface Profile {
  readonly name: string;
  readonly values: Values;
}

export function createProfiles(secrets: Secrets) {
  const seal = (id: string, contents: object) => secrets.seal("personal", JSON.stringify(contents), `sign-in ${id}`);
  const open = (id: string, sealed: Buffer) => secrets.open("personal", sealed, `sign-in ${id}`);

  /** By the very buffer, as long as there is one: the page that follows shows what was just sealed. */
  const made = new WeakMap<Buffer, Profile>();

  return {
    /** `contact`: null where there is no key, and so neither phone nor e-mail to tell. */
    async make(
      id: string,
      asked: readonly RequestedAttribute[],
      contact: Contact | null,
      citizen: Citizen | null,
    ): Promise<Buffer> {
      if (!citizen) throw new Error("a proven sign-in has lost its citizen");
      const all = { ...attributesOf(citizen), phone: contact?.phone ?? null, email: contact?.email ?? null };
      const values = Object.fromEntries(asked.map(({ name }) => [name, all[name]]));
      const profile = { name: citizen.name, values };
      const sealed = await seal(id, profile);
      made.set(sealed, profile);
      return sealed;
    },

    /** `as`: sealed, so it is what `make` wrote. */
    async read({ id, granted }: Pick<RequestRow, "id" | "granted">): Promise<Profile> {
      if (!granted) throw new Error("a proven sign-in has lost its profile");
      return made.get(granted) ?? (JSON.parse(await open(id, granted)) as Profile);
    },

    sealGranted: (id: string, values: Granted): Promise<Buffer> => seal(id, values),
    openGranted: async (id: string, sealed: Buffer): Promise<Granted> => JSON.parse(await open(id, sealed)) as Granted,
  };
}

export type Profiles = ReturnType<typeof createProfiles>;
