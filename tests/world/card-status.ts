/** Cards whose standing is asked about: what becomes of them, and what OpenSSL says of the same answers and lists. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach } from "node:test";
import { makeAnswer, pemOf } from "./card-authorities.ts";
import type { AnswerWanted, Made } from "./card-authorities.ts";
import { openCardWorld, type CardWorld } from "./card-world.ts";

const HOUR = 3_600_000;

/** With all well before each test, and nobody asked yet. */
export async function openStatusWorld() {
  const world = await openCardWorld();
  const { clock, office, gateway, fresh } = world;
  beforeEach(() => {
    world.allIsWell();
    office.asked = { ocsp: 0, crl: 0 };
  });
  const inHours = (hours: number) => new Date(clock.now().getTime() + hours * HOUR);
  const answering = (changes: Partial<AnswerWanted>) => (request: Buffer) =>
    makeAnswer(request, { status: "good", ...fresh(), ...changes });

  /** What becomes of a fresh card, and whom that took. */
  async function verdict(leaf: Made, one = gateway()): Promise<string> {
    const judged = await one.judgeCertificate(leaf.der);
    return `${judged.ok ? "taken" : judged.reason} after ${String(office.asked.ocsp)} OCSP, ${String(office.asked.crl)} CRL`;
  }

  return {
    ...world,
    inHours,
    answering,
    verdict,
    opensslAsks: (leaf: Made, answer: Buffer) => opensslAsks(world, leaf, answer),
    opensslChecksList: (leaf: Made, list: Buffer) => opensslChecksList(world, leaf, list),
  };
}

/** Asks the same responder as we do, with OpenSSL's own client, and answers what it says. */
function opensslAsks({ folder, root, issuing, clock }: CardWorld, leaf: Made, answer: Buffer): string {
  const file = (name: string) => join(folder, name);
  writeFileSync(file("leaf.pem"), pemOf(leaf));
  writeFileSync(file("issuer.pem"), pemOf(issuing));
  writeFileSync(file("all.pem"), pemOf(root, issuing));
  writeFileSync(file("answer.der"), answer);
  const words = ["ocsp", "-issuer", file("issuer.pem"), "-cert", file("leaf.pem"), "-respin", file("answer.der"), "-no_nonce"];
  const at = String(Math.floor(clock.now().getTime() / 1000));
  const { stdout, stderr } = spawnSync(
    "openssl",
    [...words, "-CAfile", file("all.pem"), "-attime", at, "-validity_period", "999999999"],
    { encoding: "utf8" },
  );
  return stdout + stderr;
}

function opensslChecksList({ folder, root, issuing, clock }: CardWorld, leaf: Made, list: Buffer): boolean {
  const file = (name: string) => join(folder, name);
  const pem = `-----BEGIN X509 CRL-----\n${list
    .toString("base64")
    .replaceAll(/(.{64})/g, "$1\n")
    .trim()}\n-----END X509 CRL-----\n`;
  writeFileSync(file("leaf.pem"), pemOf(leaf));
  writeFileSync(file("all.pem"), pemOf(root, issuing));
  writeFileSync(file("list.pem"), pem);
  const at = String(Math.floor(clock.now().getTime() / 1000));
  const words = [
    "verify",
    "-attime",
    at,
    "-CAfile",
    file("all.pem"),
    "-CRLfile",
    file("list.pem"),
    "-crl_check",
    file("leaf.pem"),
  ];
  return spawnSync("openssl", words, { encoding: "utf8" }).status === 0;
}
