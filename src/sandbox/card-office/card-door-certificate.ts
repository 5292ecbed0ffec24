/** The TLS certificate of the card's own door: made here, signed by itself, for this machine alone. */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pkijs from "pkijs";
import type { Clock } from "#platform/world";
import { makeCertificate, pem } from "./certificate.ts";
import { days, later } from "#platform/duration";

const COMMON_NAME = "2.5.4.3";
const ALTERNATIVE_NAME = "2.5.29.17";
const DNS_NAME = 2;
const YEAR = days(365);

export async function openDoorCertificate(folder: string, clock: Clock) {
  const files = { cardTlsKey: join(folder, "key.pem"), cardTlsCertificate: join(folder, "certificate.pem") };
  if (existsSync(files.cardTlsCertificate)) return files;
  mkdirSync(folder, { recursive: true });
  const { privateKey: made } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const text = made.export({ type: "pkcs8", format: "pem" });
  const privateKey = createPrivateKey(text);
  const keys = { privateKey, publicKey: createPublicKey(privateKey) };
  const names = new pkijs.GeneralNames({ names: [new pkijs.GeneralName({ type: DNS_NAME, value: "localhost" })] });
  const extensions = [new pkijs.Extension({ extnID: ALTERNATIVE_NAME, critical: false, extnValue: names.toSchema().toBER() })];
  const name = [[COMMON_NAME, "localhost"]] as const;
  const from = later(clock.now(), -YEAR);
  const until = later(clock.now(), 10 * YEAR);
  const der = await makeCertificate({ subject: name, publicKey: keys.publicKey, from, until, extensions }, { name, keys });
  writeFileSync(files.cardTlsKey, text, { mode: 0o600 });
  writeFileSync(files.cardTlsCertificate, pem(der));
  return files;
}
