/** What a setting is. Each part declares its own beside what they set; `src/settings` puts them together, checks and documents them. */
import { statSync } from "node:fs";
import { z } from "zod";

/** What a process may do: answer the public, work the jobs. */
export const ROLES = ["public", "worker"] as const;
export type Role = (typeof ROLES)[number];

/** The settings that were read, by name. A slice knows no other's types. */
export type Others = Readonly<Record<string, unknown>>;

export type Check<Value> = readonly [sound: (value: Value, others: Others) => boolean, reason: string];

/** What is more to say of a setting than its form. */
interface Traits<Value> {
  /** The environment variable, where the name is not ours to choose. */
  readonly variable?: string;
  /** A credential, or an address that holds one: never shown. */
  readonly isPrivate?: true;
  /** Who reads it; absent: every role. */
  readonly roles?: readonly Role[];
  /** In production it may not be missing, or not in that case. */
  readonly isNeeded?: true | ((others: Others) => boolean);
  /** What production asks of a value that is given or its default. */
  readonly checks?: readonly Check<Value>[];
}

export interface Setting<Form extends z.ZodType = z.ZodType> extends Traits<never> {
  readonly form: Form;
  /** For those who run an installation. */
  readonly about: string;
}

/** One whose default is made from others; of derived ones, only from those that stand before it. */
export interface DerivedSetting<Form extends z.ZodType = z.ZodType> extends Setting<Form> {
  readonly otherwise: (others: Others) => z.output<Form>;
}

export interface Slice<Settings extends Readonly<Record<string, Setting>> = Readonly<Record<string, Setting>>> {
  /** A heading of docs/settings.md. */
  readonly title: string;
  readonly settings: Settings;
}

/** What is read by a slice: its names and the types of their values. */
export type ValuesOf<Settings> = {
  readonly [Name in keyof Settings]: Settings[Name] extends DerivedSetting<infer Form>
    ? Exclude<z.output<Form>, undefined>
    : Settings[Name] extends Setting<infer Form>
      ? z.output<Form>
      : never;
};

export function setting<Form extends z.ZodType>(
  form: Form,
  about: string,
  traits: Traits<Exclude<z.output<Form>, undefined>> = {},
): Setting<Form> {
  return { form, about, ...traits };
}

/** `otherwise` stands where nothing is given. */
export function derivedSetting<Form extends z.ZodType>(
  given: Setting<Form>,
  otherwise: (others: Others) => Exclude<z.output<Form>, undefined>,
): DerivedSetting<Form> {
  return { ...given, otherwise };
}

export function slice<Settings extends Readonly<Record<string, Setting>>>(title: string, settings: Settings): Slice<Settings> {
  return { title, settings };
}

/** Forms that several slices share. */
export const text = z.string().trim().min(1).max(200);
export const secret = z.string().min(8).max(4_000);
export const file = z.string().min(1).max(1_000);
export const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
export const url = (...schemes: readonly string[]) =>
  z.string().refine((given) => URL.canParse(given) && schemes.includes(new URL(given).protocol), {
    error: `must be an address that begins with ${schemes.map((scheme) => `${scheme}//`).join(" or ")}`,
  });
export const web = url("http:", "https:");
/** As others know us: what is appended to it begins with a slash. */
export const ownAddress = (...schemes: readonly string[]) =>
  url(...schemes).transform((address) => address.replace(/\/+$/, ""));

const OWN_MACHINE = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

export const isOwnMachine = (hostname: string): boolean => OWN_MACHINE.test(hostname);

/** Is what is sent there read by nobody on the way? */
export function isPrivateWay(address: string, scheme: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === scheme || isOwnMachine(hostname);
}

export function isThere(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false }) !== undefined;
}

export function isForOwnerOnly(name: string): boolean {
  const stat = statSync(name, { throwIfNoEntry: false });
  return stat?.isFile() === true && (stat.mode & 0o077) === 0;
}
