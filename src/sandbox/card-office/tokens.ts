/** Cards as PKCS#11 tokens, where SoftHSM and OpenSC's tool are installed: a folder for each, since a reader holds one card. */
import { execFile } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Card, Credential } from "./cards.ts";

export interface Token {
  readonly module: string;
  readonly label: string;
  /** What a program that loads the module must have in its environment. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface Tokens {
  /** Makes the token when first asked; undefined where the programs are not installed. */
  tokenOf(card: Card): Promise<Token | undefined>;
}

/** Identifiers of the objects on the national card (authentication, signature). */
export const OBJECT_ID = { authentication: "45", signature: "46" } as const;

const MODULES = [
  "/usr/lib/softhsm/libsofthsm2.so",
  "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
  "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
  "/usr/lib64/pkcs11/libsofthsm2.so",
  "/opt/homebrew/lib/softhsm/libsofthsm2.so",
  "/usr/local/lib/softhsm/libsofthsm2.so",
];

/** Whoever holds it can give the token a new PIN; it protects nothing here. */
const OFFICER_PIN = "87654321";

const run = promisify(execFile);

interface Programs {
  readonly module: string;
  readonly softhsm: string;
  readonly pkcs11: string;
}

export function createTokens(folder: string): Tokens {
  const programs = findPrograms();
  return programs === undefined ? { tokenOf: () => Promise.resolve(undefined) } : tokensBy(programs, resolve(folder));
}

function tokensBy(programs: Programs, folder: string): Tokens {
  const made = new Map<string, Promise<Token>>();

  async function make(card: Card): Promise<Token> {
    // A browser that found several would ask for one person's PIN and present another's certificate.
    const own = join(folder, card.id);
    const token = { module: programs.module, label: labelOf(card), environment: { SOFTHSM2_CONF: configure(own) } };
    if (!(await isMade(token, programs))) await fill(card, token, { programs, folder: own });
    return token;
  }
  return {
    tokenOf(card) {
      const token = made.get(card.id) ?? make(card);
      made.set(card.id, token);
      token.catch(() => made.delete(card.id));
      return token;
    },
  };
}

/** At most 32 characters (PKCS#11 C_InitToken); a card issued again is another token. */
function labelOf(card: Card): string {
  return `Cartao ${card.civilId} ${card.id.slice(0, 8)}`;
}

function configure(folder: string): string {
  const tokens = join(folder, "tokens");
  mkdirSync(tokens, { recursive: true, mode: 0o700 });
  const file = join(folder, "softhsm2.conf");
  writeFileSync(
    file,
    `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = true\n`,
  );
  return file;
}

async function isMade({ label, environment, module }: Token, { pkcs11 }: Programs): Promise<boolean> {
  const env = { ...process.env, ...environment };
  const options = ["--module", module, "--token-label", label, "--list-objects", "--type", "cert", "--id", OBJECT_ID.signature];
  // The signature certificate is the last thing written: with it, the token is whole.
  return run(pkcs11, options, { env }).then(
    ({ stdout }) => stdout.includes("Certificate Object"),
    () => false,
  );
}

async function fill(
  card: Card,
  { label, environment }: Token,
  { programs, folder }: { readonly programs: Programs; readonly folder: string },
): Promise<void> {
  const env = { ...process.env, ...environment };
  const draft = mkdtempSync(join(folder, "draft-"));
  try {
    // A token that a kill left half full would refuse its objects a second time.
    await run(programs.softhsm, ["--delete-token", "--token", label], { env }).catch(() => undefined);
    const pins = ["--so-pin", OFFICER_PIN, "--pin", card.pin];
    await run(programs.softhsm, ["--init-token", "--free", "--label", label, ...pins], { env });
    for (const use of ["authentication", "signature"] as const) {
      const object = { id: OBJECT_ID[use], name: use === "authentication" ? "AUTENTICACAO" : "ASSINATURA" };
      for (const [program, words] of steps(card[use], object, { label, pin: card.pin, draft, programs }))
        await run(program, words, { env });
    }
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

interface Filling {
  readonly label: string;
  readonly pin: string;
  readonly draft: string;
  readonly programs: Programs;
}

function steps(
  { certificate, privateKey }: Credential,
  { id, name }: { readonly id: string; readonly name: string },
  { label, pin, draft, programs }: Filling,
): (readonly [program: string, words: readonly string[]])[] {
  const keyFile = join(draft, `${id}.key`);
  const certificateFile = join(draft, `${id}.der`);
  writeFileSync(keyFile, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  writeFileSync(certificateFile, certificate.raw);
  const object = ["--id", id, "--label", name, "--pin", pin];
  return [
    [programs.softhsm, ["--import", keyFile, "--token", label, ...object]],
    [
      programs.pkcs11,
      [
        "--module",
        programs.module,
        "--token-label",
        label,
        "--login",
        ...object,
        "--write-object",
        certificateFile,
        "--type",
        "cert",
      ],
    ],
  ];
}

function findPrograms(): Programs | undefined {
  const module = MODULES.find((file) => existsSync(file));
  const softhsm = findCommand("softhsm2-util");
  const pkcs11 = findCommand("pkcs11-tool");
  if (module === undefined || softhsm === undefined || pkcs11 === undefined) return undefined;
  return { module, softhsm, pkcs11 };
}

function findCommand(name: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
