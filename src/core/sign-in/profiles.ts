/** What may be told of whoever proved who they are: read once, sealed with the sign-in until it is answered. */
import type { AttributeName, RequestedAttribute } from "#core/vocabulary";
import { attributesOf } from "#core/citizens";
import type { Citizens } from "#core/citizens";
import type { Contact } from "#core/proofs";
import type { Secrets } from "#platform/secrets";
import type { RequestRow } from "./store.ts";

/** What the portal is told, or was. */
export type Told = Readonly<Partial<Record<AttributeName, string>>>;
export type Citizen = NonNullable<Awaited<ReturnType<Citizens["load"]>>>;

export interface Profile {
  readonly name: string;
  readonly values: Readonly<Partial<Record<AttributeName, string | null>>>;
}

/** By the very buffer, as long as there is one: the page that follows shows what was just sealed. */
const made = new WeakMap<Buffer, Profile>();

/** For the consent, sealed. `contact`: null where there is neither phone nor e-mail to tell. */
export async function sealProfile(
  secrets: Secrets,
  { id, attributes }: { readonly id: string; readonly attributes: readonly RequestedAttribute[] },
  contact: Contact | null,
  citizen: Citizen | null,
): Promise<Buffer> {
  if (!citizen) throw new Error("a proven sign-in has lost its citizen");
  const all = { ...attributesOf(citizen), phone: contact?.phone ?? null, email: contact?.email ?? null };
  const values = Object.fromEntries(attributes.map(({ name }) => [name, all[name]]));
  const profile = { name: citizen.name, values };
  const sealed = await seal(secrets, id, "profile", profile);
  made.set(sealed, profile);
  return sealed;
}

/** `as`: sealed, so it is what `sealProfile` wrote. */
export async function openProfile(secrets: Secrets, { id, profile }: Pick<RequestRow, "id" | "profile">): Promise<Profile> {
  if (!profile) throw new Error("a proven sign-in has lost its profile");
  return made.get(profile) ?? ((await open(secrets, id, "profile", profile)) as Profile);
}

/** For the protocol that fetches it. */
export const sealAnswer = (secrets: Secrets, id: string, told: Told): Promise<Buffer> => seal(secrets, id, "answer", told);

/** `as`: sealed, so it is what `sealAnswer` wrote. */
export const openAnswer = async (secrets: Secrets, id: string, sealed: Buffer): Promise<Told> =>
  (await open(secrets, id, "answer", sealed)) as Told;

/** One written in the place of the other opens as neither: what may be told is never what was authorised. */
const contexts = { profile: (id: string) => `sign-in ${id}`, answer: (id: string) => `sign-in ${id} answer` };

const seal = (secrets: Secrets, id: string, what: keyof typeof contexts, contents: object) =>
  secrets.seal("personal", JSON.stringify(contents), contexts[what](id));

const open = async (secrets: Secrets, id: string, what: keyof typeof contexts, sealed: Buffer): Promise<unknown> =>
  JSON.parse(await secrets.open("personal", sealed, contexts[what](id)));
