/** The card office opened on a port of its own, and openssl to judge by standards what it signs, not only by what our own code can read. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { promisify } from "node:util";
import { pem } from "../../src/sandbox/card-office/certificate.ts";
import { createCardOffice, type Card, type CardOffice } from "../../src/sandbox/card-office/index.ts";
import { createCivilRegistrySandbox } from "../../src/sandbox/civil-registry/index.ts";
import { createSandboxClock } from "../../src/sandbox/clock/index.ts";
import { openDoor } from "../../src/sandbox/kit/door.ts";
import { findFreePort } from "../../src/sandbox/kit/free-port.ts";
import { createPeople } from "../../src/sandbox/people/index.ts";

export const run = promisify(execFile);

/** Both streams: openssl says its verdicts on one, its reasons on the other. */
export async function openssl(...words: string[]): Promise<string> {
  const said = await run("openssl", words).catch((fault: unknown) => fault as { stdout: string; stderr: string });
  return said.stdout + said.stderr;
}

export async function openOffice(folder = mkdtempSync(join(tmpdir(), "card-office-"))) {
  const port = await findFreePort();
  const clock = createSandboxClock({ shelfFolder: folder });
  const people = createPeople({ clock, shelfFolder: folder });
  const registry = createCivilRegistrySandbox({ people, clock, credential: "credential", shelfFolder: folder });
  const hubUrl = `http://localhost:${port}`;
  const office = await createCardOffice({ clock, shelfFolder: folder, people, current: registry.current, hubUrl });
  const door = await openDoor(office.routes.fetch, port);
  after(() => door.close());
  const write = (name: string, content: string | Buffer) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  return { office, clock, people, registry, hubUrl, folder, write };
}

export type Opened = Awaited<ReturnType<typeof openOffice>>;

export const VALID = "10000101";
export const VALID_RSA = "10000202";
export const EXPIRED = "10000303";
export const CANCELLED = "10001313";
export const SUSPENDED = "10001616";
export const FOREIGN = "90001717";
export const WITHOUT_CARD = "90000505";

export async function cardOf(office: CardOffice, civilId: string): Promise<Card> {
  const card = await office.cardOf(civilId);
  assert.ok(card);
  return card;
}

export type Use = "authentication" | "signature";

export function certificateFile({ write }: Opened, card: Card, use: Use = "authentication"): string {
  return write(`${card.id}-${use}.pem`, pem(card[use].certificate.raw));
}

export const issuerFile = ({ office, write }: Opened, use: Use) =>
  write(`${use}-issuer.pem`, pem(office.authorities[use].certificate.raw));

/** Asks the responder as openssl does, with a nonce, and trusts the root alone. */
export async function askOcsp(opened: Opened, card: Card, use: Use = "authentication", ...more: string[]): Promise<string> {
  const { office, hubUrl } = opened;
  return openssl(
    ...["ocsp", "-issuer", issuerFile(opened, use), "-cert", certificateFile(opened, card, use)],
    ...["-url", `${hubUrl}/card-office/ocsp`, "-CAfile", office.authorities.bundleFile, ...more],
  ).then((said) => said.replaceAll("\n", " "));
}

export async function verify(opened: Opened, card: Card, use: Use, ...more: string[]): Promise<string> {
  const { rootFile } = opened.office.authorities;
  const words = ["verify", "-x509_strict", "-CAfile", rootFile, "-untrusted", issuerFile(opened, use), ...more];
  return openssl(...words, certificateFile(opened, card, use));
}

export const certificateText = (opened: Opened, card: Card, use: Use) =>
  openssl("x509", "-noout", "-text", "-nameopt", "sep_comma_plus_space,utf8", "-in", certificateFile(opened, card, use));

export async function listOf(opened: Opened, authority: string): Promise<string> {
  const response = await fetch(`${opened.hubUrl}/card-office/crl/${authority}.crl`);
  return opened.write(`${authority}.crl`, Buffer.from(await response.arrayBuffer()));
}
