/** Keys in a file of mode 0600: good for the sandbox and small pilots, not a certified device. */
import type { Purpose, Secrets, SigningKeys } from "#platform/secrets";
import type { Random } from "#platform/world";
import { importKeys, macOf, openWith, sealWith, shortestSealed } from "./imported-keys.ts";
import type { ImportedKeys } from "./imported-keys.ts";
import { keyFileForm, newKeyMaterial, newKeyVersion, newSigningKey, withEveryPurpose } from "./key-material.ts";
import type { KeyMaterial } from "./key-material.ts";
import { createPrivateFile, readPrivateFile, replacePrivateFile, stampOf, whileLocked } from "./safe-file.ts";

/** Changing keys, one person at a time. Other processes see it at their next `list`, or when they meet the new version. */
export interface Rotation {
  /** A new current version; older ones still open and check what they made. Gives its number. */
  rotateSecret(purpose: Purpose): Promise<number>;
  /** A new signing key, published but not used, so that every portal can learn it first. Gives its id. */
  announceSigningKey(): Promise<string>;
  /** From now on this one signs. */
  useSigningKey(id: string): Promise<void>;
  /** No longer published: only once nothing it signed is still valid. */
  retireSigningKey(id: string): Promise<void>;
}

export type KeyFile = Secrets & SigningKeys & Rotation;

export interface KeyFileNeeds {
  readonly path: string;
  readonly random: Random;
}

/** Opens the file, or makes it with new keys when it is not there. Throws when others can read it or it is not whole. */
export async function openKeyFile(needs: KeyFileNeeds): Promise<KeyFile> {
  let keys = importKeys(await loadOrCreate(needs));
  let stamp: string | null = null;
  const reload = async (): Promise<ImportedKeys> => {
    const before = stampOf(needs.path);
    keys = importKeys(await load(needs.path));
    stamp = before;
    return keys;
  };
  /** Every token asks: to look whether the file is another one costs a hundredth of reading it. */
  const refreshed = async (): Promise<ImportedKeys> => (stamp !== null && stamp === stampOf(needs.path) ? keys : reload());
  const change = async (edit: (material: KeyMaterial) => KeyMaterial): Promise<void> => {
    keys = importKeys(await changeFile(needs, (material) => keyFileForm.parse(edit(material))));
  };
  const find = async (purpose: Purpose, version: number) => {
    const found = keys.find(purpose, version) ?? (await reload()).find(purpose, version);
    if (found === undefined) throw new Error(`there is no key for ${purpose}, version ${String(version)}`);
    return found;
  };

  return {
    mac: async (purpose, data, version) =>
      macOf(version === undefined ? keys.current(purpose) : await find(purpose, version), data),
    version: (purpose) => keys.current(purpose).version,
    seal: async (purpose, plain, context) => sealWith(keys.current(purpose), needs.random.bytes(12), plain, context),
    async open(purpose, sealed, context) {
      const [version] = sealed;
      if (version === undefined || sealed.length < shortestSealed) throw new Error("what is to be opened was not sealed here");
      return openWith(await find(purpose, version), Buffer.from(sealed), context);
    },
    list: async () => (await refreshed()).signing,
    ...createRotation(needs.random, change, () => keys),
  };
}

function createRotation(
  random: Random,
  change: (edit: (material: KeyMaterial) => KeyMaterial) => Promise<void>,
  keys: () => ImportedKeys,
): Rotation {
  return {
    async rotateSecret(purpose) {
      // A new key would make every person a stranger to every portal, which asks no version (OpenID Connect Core 8.1).
      if (purpose === "pairwise") throw new Error("the pairwise key cannot be rotated: every subject would change");
      await change((material) => withNewVersion(material, purpose, random));
      return keys().current(purpose).version;
    },
    async announceSigningKey() {
      const key = newSigningKey();
      await change((material) => withSigning(material, (listed) => [...listed, key]));
      return key.id;
    },
    useSigningKey: (id) =>
      change((material) =>
        withSigning(material, (listed) => [...listed.filter((key) => key.id === id), ...listed.filter((key) => key.id !== id)]),
      ),
    retireSigningKey: (id) => change((material) => withSigning(material, (listed) => listed.filter((key) => key.id !== id))),
  };
}

function withNewVersion(material: KeyMaterial, purpose: Purpose, random: Random): KeyMaterial {
  const versions = material.secrets[purpose] ?? [];
  const next = newKeyVersion(random, (versions.at(-1)?.version ?? 0) + 1);
  return { ...material, secrets: { ...material.secrets, [purpose]: [...versions, next] } };
}

type Listed = KeyMaterial["signing"]["id-token"];

function withSigning(material: KeyMaterial, edit: (listed: Listed) => Listed): KeyMaterial {
  return { ...material, signing: { "id-token": edit(material.signing["id-token"]) } };
}

async function loadOrCreate(needs: KeyFileNeeds): Promise<KeyMaterial> {
  if ((await readPrivateFile(needs.path)) === null) {
    await createPrivateFile(needs.path, textOf(newKeyMaterial(needs.random)), draftName(needs));
  }
  const material = await load(needs.path);
  const complete = (keys: KeyMaterial) => withEveryPurpose(keys, needs.random);
  return complete(material) === material ? material : changeFile(needs, complete);
}

function changeFile(needs: KeyFileNeeds, edit: (material: KeyMaterial) => KeyMaterial): Promise<KeyMaterial> {
  return whileLocked(needs.path, async () => {
    const changed = edit(await load(needs.path));
    await replacePrivateFile(needs.path, textOf(changed), draftName(needs));
    return changed;
  });
}

async function load(path: string): Promise<KeyMaterial> {
  const text = await readPrivateFile(path);
  if (text === null) throw new Error(`the key file ${path} is gone`);
  try {
    return keyFileForm.parse(JSON.parse(text));
  } catch {
    // Neither the parser's words nor its cause may go on: they would quote keys into a log.
    throw new Error(`the key file ${path} is damaged: put back its copy`);
  }
}

const textOf = (material: KeyMaterial): string => `${JSON.stringify(material, null, 2)}\n`;

const draftName = ({ path, random }: KeyFileNeeds): string => `${path}.${random.uuid()}.draft`;
