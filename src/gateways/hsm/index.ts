/** Where the keys are: a key file today; a PKCS#11 device can take its place behind the same two promises. */
import type { Secrets, SigningKeys } from "#platform/secrets";
import type { Random } from "#platform/world";
import { openKeyFile } from "./key-file.ts";

export { openKeyFile } from "./key-file.ts";
export type { KeyFile, Rotation } from "./key-file.ts";

export interface KeyNeeds {
  /** `file:/etc/chave/keys.json`. */
  readonly setting: string;
  readonly random: Random;
}

type Opener = (rest: string, random: Random) => Promise<Secrets & SigningKeys>;

const openers: ReadonlyMap<string, Opener> = new Map([["file", (path, random) => openKeyFile({ path, random })]]);

/** Opens the keys that the setting names. Throws when the kind is not known or the keys cannot be trusted. */
export async function openKeys({ setting, random }: KeyNeeds): Promise<Secrets & SigningKeys> {
  const colon = setting.indexOf(":");
  const kind = setting.slice(0, colon);
  const opener = openers.get(kind);
  if (colon < 1 || opener === undefined)
    throw new Error(`keys: the setting must begin with one of ${[...openers.keys()].join(", ")}, then ":"`);
  return opener(setting.slice(colon + 1), random);
}
