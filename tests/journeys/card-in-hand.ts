/** A card in its holder's hand, for a client that runs no script: what its chip would do, at the card's door and for Web eID. */
import { createHash, createPrivateKey, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { hubJson, type Person, type Place, type RunningCountry } from "./country.ts";
import type { Page, Visitor } from "./visitor.ts";

export interface Card {
  readonly key: string;
  readonly cert: string;
  readonly der: string;
}

/** What the chip holds: only the card office's own shelf knows its key. */
export async function cardOf(
  { country, place }: { country: RunningCountry; place: Place },
  { civilId }: Pick<Person, "civilId">,
  use: "authentication" | "signature" = "authentication",
): Promise<Card> {
  await hubJson(country, `/cards/${civilId}`);
  const lines = readFileSync(join(place.folder, "data", "sandbox", "cards.jsonl"), "utf8")
    .trim()
    .split("\n");
  const card = lines.map((line) => JSON.parse(line)).findLast((one) => one.civilId === civilId);
  const { certificate, privateKey } = card[use];
  const key = createPrivateKey({ key: Buffer.from(privateKey, "base64"), type: "pkcs8", format: "der" });
  const pem = `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`;
  return { key: key.export({ type: "pkcs8", format: "pem" }).toString(), cert: pem, der: certificate };
}

/** Where the page that reads a card sends the browser: to the card's own door, with the question. */
export const doorLinkIn = ({ text }: Pick<Page, "text">): string => /href="(https:[^"]+question=[^"]+)"/.exec(text)?.[1] ?? "";

/** The browser's part at the door: shows the card, or none; where it is sent then. */
export function showAtDoor(link: string, card: Card | null): Promise<string> {
  const shown = card === null ? {} : { key: card.key, cert: card.cert };
  return new Promise((resolve, reject) => {
    request(link, { rejectUnauthorized: false, agent: false, ...shown }, (response) => {
      response.resume();
      resolve(response.headers.location ?? "");
    })
      .once("error", reject)
      .end();
  });
}

export async function throughDoor(visitor: Visitor, card: Card | null): Promise<void> {
  await visitor.go(await showAtDoor(doorLinkIn(visitor.page), card));
}

/** The token that the card signs over the page's nonce, at that origin. */
export function webEidToken(origin: string, { text }: Pick<Page, "text">, { key, der }: Card): string {
  const nonce = /name="nonce" value="([^"]+)"/.exec(text)?.[1] ?? "";
  const content = Buffer.concat([origin, nonce].map((one) => createHash("sha256").update(one).digest()));
  const signature = sign("sha256", content, { key, dsaEncoding: "ieee-p1363" }).toString("base64");
  return JSON.stringify({
    format: "web-eid:1.0",
    algorithm: "ES256",
    unverifiedCertificate: der,
    signature,
    appVersion: "test",
  });
}

export async function byWebEid(visitor: Visitor, origin: string, card: Card): Promise<void> {
  await visitor.submit({ token: webEidToken(origin, visitor.page, card) });
}
