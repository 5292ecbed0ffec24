import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface PrinterKeyPair {
  readonly privateKey: KeyObject;
  /** The public half as PEM: what the product's setting `postPrinterKey` names. */
  readonly publicKeyFile: string;
}

/** The printer's key pair, made at the first start and kept: what was encrypted for it stays readable. */
export function openPrinterKeyPair(folder: string): PrinterKeyPair {
  mkdirSync(folder, { recursive: true });
  const privateFile = join(folder, "printer-private.pem");
  const publicKeyFile = join(folder, "printer-public.pem");
  if (!existsSync(privateFile)) {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    place(privateFile, privateKey.export({ type: "pkcs8", format: "pem" }));
  }
  const privateKey = createPrivateKey(readFileSync(privateFile));
  place(publicKeyFile, createPublicKey(privateKey).export({ type: "spki", format: "pem" }));
  return { privateKey, publicKeyFile };
}

/** Whole or not at all: a key cut short by a kill would never open again. */
function place(file: string, text: string | Buffer): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
