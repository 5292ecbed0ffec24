/** Every setting there is: one table, from which the reading, the refusal to start and docs/settings.md are made. */
import { readFileSync, statSync } from "node:fs";
import { z } from "zod";
import { LOG_LEVELS } from "./log.ts";

/** What a process may do: answer the public, work the jobs. */
export const ROLES = ["public", "worker"] as const;
export type Role = (typeof ROLES)[number];

const url = (...schemes: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), {
    error: `must be an address that begins with ${schemes.map((scheme) => `${scheme}//`).join(" or ")}`,
  });
const web = url("http:", "https:");
const text = z.string().trim().min(1).max(200);
const secret = z.string().min(8).max(4_000);
const file = z.string().min(1).max(1_000);
const postgres = z.string().regex(/^postgres(ql)?:\/\//, "must be an address that begins with postgresql://");
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const roles = z
  .string()
  .transform((list) => list.split(",").map((role) => role.trim()))
  .pipe(z.array(z.enum(ROLES, { error: `there are only ${ROLES.join(", ")}` })).min(1));

const FORM = z.object({
  portBase: whole(1, 65_000).default(3000).describe("All ports are this one plus a number: docs of interfaces list them"),
  host: text.optional().describe("The address the public and desk doors listen on; absent: all of the machine"),
  proxies: whole(0, 5)
    .default(0)
    .describe("How many reverse proxies of yours stand in front; the visitor's address is read from behind them"),
  data: file.default("./data").describe("Folder of the embedded database and of the sandbox's state"),
  databaseUrl: postgres
    .optional()
    .describe("A PostgreSQL 15 or newer; absent: the embedded database, for evaluation and small pilots"),
  databasePool: whole(1, 200).default(10).describe("Connections of one process to PostgreSQL"),
  roles: roles.default([...ROLES]).describe(`Which parts run in this process, with commas between: ${ROLES.join(", ")}`),
  publicUrl: web
    .optional()
    .describe("The address people and portals know, and the OpenID issuer; absent: http://localhost and the port base"),
  installationName: text.default("Chave").describe("Who runs this installation, as people read it"),
  registryUrl: web.optional().describe("The civil registry"),
  registryCredential: secret.optional().describe("What the civil registry knows us by"),
  taxAuthorityIssuer: web.optional().describe("The tax authority's OpenID issuer"),
  taxAuthorityClientId: text.optional().describe("What the tax authority calls us"),
  taxAuthorityClientSecret: secret.optional().describe("What the tax authority knows us by"),
  smppUrl: url("smpp:", "ssmpp:").optional().describe("The SMS centre: ssmpp://user:password@host:port"),
  smtpUrl: url("smtp:", "smtps:").optional().describe("The mail server: smtps://user:password@host:port"),
  mailFrom: text.default("Chave <chave@localhost>").describe("The sender of every e-mail"),
  postUrl: web.optional().describe("The post office that prints and delivers PIN letters"),
  postCredential: secret.optional().describe("What the post office knows us by"),
  postPrinterKey: file
    .optional()
    .describe("File with the printer's public key (PEM or JWK); each batch of letters is encrypted to it"),
  cardTrusted: file
    .optional()
    .describe("File or folder (PEM) of the card authorities you believe; absent: the citizen card is not asked for anywhere"),
  cardPolicies: text
    .optional()
    .describe("Certificate policies (OIDs, with commas between) of which a citizen card must bear one; absent: any"),
  cardOcspNonce: z
    .enum(["required", "optional"])
    .default("required")
    .describe("Whether an OCSP answer must bear our nonce; optional only for responders that answer from stock"),
  cardUrl: url("https:")
    .optional()
    .describe("The address at which people reach the card's own door, which asks for a certificate; absent: the port base + 3"),
  cardTlsKey: file.optional().describe("File of that door's TLS key (PEM)"),
  cardTlsCertificate: file.optional().describe("File of that door's TLS certificate and its issuers (PEM)"),
  keysFile: file.optional().describe("File of the software keys that never lie in the database"),
  pinMode: z
    .enum(["argon2", "keyed"])
    .default("argon2")
    .describe(
      "How PINs lie in the database: argon2 (a slow hash inside a keyed one) or keyed (the keyed one alone, for measuring)",
    ),
  logLevel: z
    .enum(LOG_LEVELS)
    .default("info")
    .describe(`The least that is logged: ${LOG_LEVELS.join(", ")}`),
});

type Read = z.output<typeof FORM>;
export type Settings = Readonly<Omit<Read, "publicUrl" | "cardUrl"> & { publicUrl: string; cardUrl: string }>;

/** Names that are not ours to choose. */
const GIVEN_NAMES: Readonly<Record<string, string>> = { databaseUrl: "DATABASE_URL" };

const SETTINGS_FILE = "CHAVE_SETTINGS";

/** `taxAuthorityIssuer` is set by CHAVE_TAX_AUTHORITY_ISSUER. */
export function variableOf(setting: string): string {
  return GIVEN_NAMES[setting] ?? `CHAVE_${setting.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** The environment wins over the file that CHAVE_SETTINGS names. Throws, naming every setting that is wrong. */
export function readSettings(env: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const fromFile = env[SETTINGS_FILE] === undefined ? {} : readSettingsFile(env[SETTINGS_FILE]);
  const given = Object.keys(FORM.shape).map((setting) => {
    const variable = variableOf(setting);
    return [setting, blankAsAbsent(env[variable]) ?? fromFile[variable]];
  });
  const read = FORM.safeParse(Object.fromEntries(given));
  if (!read.success) throw new Error(`wrong settings:\n${read.error.issues.map(describeIssue).join("\n")}`);
  const { portBase } = read.data;
  const publicUrl = (read.data.publicUrl ?? `http://localhost:${String(portBase)}`).replace(/\/+$/, "");
  const cardUrl = (read.data.cardUrl ?? `https://${new URL(publicUrl).hostname}:${String(portBase + 3)}`).replace(/\/+$/, "");
  return { ...read.data, publicUrl, cardUrl };
}

function blankAsAbsent(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}

function describeIssue({ path, message }: z.core.$ZodIssue): string {
  return `  ${variableOf(String(path[0]))}: ${message}`;
}

function readSettingsFile(name: string): Record<string, unknown> {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(name, "utf8"));
  } catch (error) {
    throw new Error(`${SETTINGS_FILE}: ${name} cannot be read as JSON`, { cause: error });
  }
  const known = z.record(z.string(), z.union([z.string(), z.number()])).parse(read);
  const variables = new Set(Object.keys(FORM.shape).map(variableOf));
  const unknown = Object.keys(known).filter((variable) => !variables.has(variable));
  // A misspelt name would leave a default in force that nobody chose.
  if (unknown.length > 0) throw new Error(`${SETTINGS_FILE}: ${name} has settings that do not exist: ${unknown.join(", ")}`);
  return known;
}

type Check = readonly [setting: keyof Settings, sound: (settings: Settings) => boolean, reason: string];

const NEEDED: readonly (keyof Settings)[] = [
  ...(["databaseUrl", "registryUrl", "registryCredential", "taxAuthorityIssuer", "taxAuthorityClientId"] as const),
  ...(["taxAuthorityClientSecret", "smppUrl", "smtpUrl", "postUrl", "postCredential", "postPrinterKey", "keysFile"] as const),
];

const CHECKS: readonly Check[] = [
  ...NEEDED.map((setting): Check => [setting, (settings) => settings[setting] !== undefined, "is missing"]),
  [
    "publicUrl",
    ({ publicUrl }) => publicUrl.startsWith("https://"),
    "must be https: sign-in over plain HTTP can be read and altered",
  ],
  ["publicUrl", ({ publicUrl }) => isOrigin(publicUrl), "must be a bare origin, without path or query"],
  ["installationName", ({ installationName }) => installationName !== "Chave", "must say who runs this installation"],
  ["mailFrom", ({ mailFrom }) => !mailFrom.includes("@localhost"), "must be an address of yours"],
  [
    "databaseUrl",
    ({ databaseUrl }) => isPrivateDatabase(databaseUrl),
    "reaches another machine without TLS: add sslmode=verify-full",
  ],
  ["registryUrl", ({ registryUrl }) => isPrivateWay(registryUrl, "https:"), "must be https"],
  ["taxAuthorityIssuer", ({ taxAuthorityIssuer }) => isPrivateWay(taxAuthorityIssuer, "https:"), "must be https"],
  ["postUrl", ({ postUrl }) => isPrivateWay(postUrl, "https:"), "must be https"],
  ["smppUrl", ({ smppUrl }) => isPrivateWay(smppUrl, "ssmpp:"), "must be ssmpp (TLS), or a tunnel's end on this machine"],
  ["smtpUrl", ({ smtpUrl }) => isPrivateWay(smtpUrl, "smtps:"), "must be smtps (TLS), or a server on this machine"],
  ["keysFile", ({ keysFile }) => isForOwnerOnly(keysFile), "must exist, and be readable by its owner alone (chmod 600)"],
  [
    "pinMode",
    ({ pinMode }) => pinMode === "argon2",
    "must be argon2: with software keys, the keyed mode leaves a single wall before the PINs",
  ],
  ["cardTrusted", ({ cardTrusted }) => isThere(cardTrusted), "must exist"],
  [
    "cardTlsKey",
    ({ cardTrusted, cardTlsKey }) => cardTrusted === undefined || isForOwnerOnly(cardTlsKey ?? ""),
    "must exist where cards are asked for, and be readable by its owner alone (chmod 600)",
  ],
  [
    "cardTlsCertificate",
    ({ cardTrusted, cardTlsCertificate }) => cardTrusted === undefined || isThere(cardTlsCertificate ?? ""),
    "must exist where cards are asked for",
  ],
];

function isThere(name: string | undefined): boolean {
  return name === undefined || statSync(name, { throwIfNoEntry: false }) !== undefined;
}

/** Throws, naming every setting that is missing or unsafe for people's real keys. */
export function checkProduction(settings: Settings): void {
  const failed = CHECKS.filter(([, sound]) => !sound(settings)).map(
    ([setting, , reason]) => `  ${variableOf(setting)} ${reason}`,
  );
  if (failed.length > 0) throw new Error(`refusing to start in production:\n${failed.join("\n")}`);
}

function isOrigin(address: string): boolean {
  return new URL(address).origin === address;
}

const OWN_MACHINE = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

function isPrivateWay(address: string | undefined, scheme: string): boolean {
  if (address === undefined) return true; // Told as missing already.
  const { protocol, hostname } = new URL(address);
  return protocol === scheme || OWN_MACHINE.test(hostname);
}

/** A socket's address has no host before the path, and a folder in `host`. */
function isPrivateDatabase(address: string | undefined): boolean {
  if (address === undefined) return true;
  const [, host = "", query = ""] = /^postgres(?:ql)?:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?]*)[^?]*\??(.*)$/.exec(address) ?? [];
  const options = new URLSearchParams(query);
  const target = options.get("host") ?? host;
  return target === "" || target.startsWith("/") || OWN_MACHINE.test(target) || options.get("sslmode") === "verify-full";
}

function isForOwnerOnly(name: string | undefined): boolean {
  if (name === undefined) return true;
  const stat = statSync(name, { throwIfNoEntry: false });
  return stat?.isFile() === true && (stat.mode & 0o077) === 0;
}

/** The page of settings, as Markdown. */
export function describeSettings(): string {
  const defaults: Readonly<Record<string, Settings[keyof Settings]>> = { ...readSettings({}) };
  const needed = new Set<string>([...NEEDED, ...CHECKS.map(([setting]) => setting)]);
  const rows = Object.entries(FORM.shape).map(([setting, form]) => {
    const cells = [
      `\`${variableOf(setting)}\``,
      form.description ?? "",
      describeDefault(defaults[setting]),
      needed.has(setting) ? "checked" : "",
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "# Settings",
    "",
    "Generated by `npm run docs` from `src/platform/settings.ts`: do not edit. Each is read from the environment, and else from the",
    `JSON file that \`${SETTINGS_FILE}\` names (an object with these same names). \`npm run serve\` refuses to start when one marked`,
    "*checked* is missing or unsafe, and says which and why.",
    "",
    "| setting | what | default | in production |",
    "|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function describeDefault(value: string | number | readonly string[] | undefined): string {
  if (value === undefined) return "";
  return `\`${typeof value === "object" ? value.join(",") : String(value)}\``;
}
