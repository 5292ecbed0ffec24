/**
 * A card at the level of its commands (ISO 7816-4, NIST SP 800-73-4): enough of a PIV applet for OpenSC to sign with, put
 * into the system's virtual reader (vsmartcard's vpcd). Its PIN is counted where every other use of the card counts it.
 */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Card, CardOffice } from "../../../src/sandbox/card-office/index.ts";

const VPCD_PORT = 35963;
/** OpenSC 0.23 uses elliptic keys only of cards that it knows by this answer to reset: it is a known token's. */
const ATR = Buffer.from("3BF81300008131FE15597562696B657934D4", "hex");
const APPLICATION = Buffer.from("A000000308000010000100", "hex");
const WORD = {
  ok: 0x9000,
  notFound: 0x6a82,
  unsupported: 0x6d00,
  blocked: 0x6983,
  needsPin: 0x6982,
  triesLeft: 0x63c0,
} as const;

type Answer = readonly [status: number, data?: Buffer];

function tlv(tag: string, value: Buffer): Buffer {
  const { length } = value;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from(tag, "hex"), Buffer.from(size), value]);
}

/** The application's properties: its name and its owner. */
const PROPERTIES = tlv(
  "61",
  Buffer.concat([tlv("4F", APPLICATION.subarray(5)), tlv("79", tlv("4F", APPLICATION.subarray(0, 5)))]),
);

function objectsOf(card: Card): Readonly<Record<string, Buffer>> {
  const none = Buffer.alloc(0);
  const certificate = [tlv("70", card.authentication.certificate.raw), tlv("71", Buffer.from([0])), tlv("FE", none)];
  const holder = [
    tlv("30", Buffer.alloc(25)),
    tlv("34", Buffer.from(card.id.replaceAll("-", ""), "hex")),
    tlv("35", Buffer.from("20991231")),
  ];
  return {
    "5fc105": tlv("53", Buffer.concat(certificate)),
    "5fc102": tlv("53", Buffer.concat([...holder, tlv("3E", none), tlv("FE", none)])),
    "7e": tlv("7E", Buffer.concat([tlv("4F", APPLICATION), tlv("5F2F", Buffer.from([0x40, 0]))])),
  };
}

/** Answers one command (an APDU) after the other. */
function createApplet(card: Card, office: CardOffice): (command: Buffer) => Buffer {
  const objects = objectsOf(card);
  let unlocked = false;
  let rest: Buffer = Buffer.alloc(0);

  function verify(typed: Buffer): Answer {
    if (typed.length === 0) return unlocked ? [WORD.ok] : [WORD.triesLeft | office.standings.triesLeft(card)];
    const judged = office.standings.tryPin(card, typed.toString("latin1").replace(/\xff+$/, ""));
    unlocked = judged.verdict === "right";
    if (judged.verdict === "wrong") return [WORD.triesLeft | judged.triesLeft];
    return [judged.verdict === "right" ? WORD.ok : WORD.blocked];
  }

  /** The dynamic authentication template asks (82, empty) for an answer to a challenge (81). */
  function authenticate(template: Buffer): Answer {
    if (!unlocked) return [WORD.needsPin];
    const at = template.indexOf(Buffer.from([0x81, 32]));
    return [WORD.ok, tlv("7C", tlv("82", signDigest(card, template.subarray(at + 2, at + 34))))];
  }

  function obey(command: Buffer): Answer {
    const data = command.length > 5 ? command.subarray(5, 5 + (command[4] ?? 0)) : Buffer.alloc(0);
    switch (command[1]) {
      case 0xa4:
        unlocked = false;
        if (!data.subarray(0, 5).equals(APPLICATION.subarray(0, 5))) return [WORD.notFound];
        return [WORD.ok, PROPERTIES];
      case 0xcb: {
        const object = objects[data.subarray(2).toString("hex")];
        return object === undefined ? [WORD.notFound] : [WORD.ok, object];
      }
      case 0x20:
        return verify(data);
      case 0x87:
        return authenticate(data);
      case 0xc0:
        return [WORD.ok, rest];
      default:
        return [WORD.unsupported];
    }
  }

  /** At most 256 bytes at once; 61xx says how many more may be fetched. */
  return (command) => {
    const [status, data = Buffer.alloc(0)] = obey(command);
    rest = data.subarray(256);
    const word = rest.length > 0 ? 0x6100 | (rest.length > 255 ? 0 : rest.length) : status;
    return Buffer.concat([data.subarray(0, 256), Buffer.from([word >> 8, word & 255])]);
  };
}

/** The card is handed a digest and signs it as it is, which Node's own `sign` cannot. */
function signDigest(card: Card, digest: Buffer): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "piv-applet-"));
  try {
    const key = join(folder, "key.pem");
    writeFileSync(key, card.authentication.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    return execFileSync("openssl", ["pkeyutl", "-sign", "-inkey", key], { input: digest });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Puts the card into the virtual reader; what it returns takes it out. Elliptic cards only. */
export async function insertCard(card: Card, office: CardOffice): Promise<() => void> {
  const applet = createApplet(card, office);
  const reader = connect(VPCD_PORT, "127.0.0.1");
  await once(reader, "connect");
  let heard: Buffer = Buffer.alloc(0);
  const send = (answer: Buffer) => {
    const size = Buffer.alloc(2);
    size.writeUInt16BE(answer.length);
    reader.write(Buffer.concat([size, answer]));
  };
  // One byte is an order to the card itself: 4 asks for its answer to reset, the others are about power.
  const answer = (message: Buffer) => {
    if (message.length > 1) send(applet(message));
    else if (message[0] === 4) send(ATR);
  };
  reader.on("data", (chunk: Buffer) => {
    heard = Buffer.concat([heard, chunk]);
    while (heard.length >= 2 && heard.length >= 2 + heard.readUInt16BE()) {
      const end = 2 + heard.readUInt16BE();
      answer(heard.subarray(2, end));
      heard = heard.subarray(end);
    }
  });
  return () => void reader.destroy();
}
