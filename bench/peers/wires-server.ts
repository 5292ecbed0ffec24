/**
 * What a ceremony of ours sends over its wires, with nothing of the product behind them: the same requests, pages, redirects,
 * database exchanges and statements, keyed hashes, seals, signature and both SMS, from `node:http`, `node:crypto`, the floor's
 * database and SMS gateway. It compares nothing and remembers everything: the least that this ceremony can cost here.
 */
import {
  createCipheriv,
  createHmac,
  createSecretKey,
  generateKeyPairSync,
  hash,
  randomBytes,
  randomInt,
  sign,
} from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createSmsCarrier } from "#gateways/sms";
import { createLog } from "#platform/log";
import { openDatabase } from "#platform/database/open-database";
import { systemRandom } from "#platform/world";

export interface WiresSettings {
  readonly port: number;
  readonly databaseUrl: string;
  readonly smscUrl: string;
  readonly people: number;
}

const settings = JSON.parse(process.env["BENCH_SETTINGS"] ?? "") as WiresSettings;
const origin = `http://127.0.0.1:${String(settings.port)}`;
const log = createLog({ level: "warn" });
const db = await openDatabase({ url: settings.databaseUrl, log });
const sms = createSmsCarrier({ url: settings.smscUrl, log });
const key = createSecretKey(randomBytes(32));
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

await db.script(`
  create table person (id integer primary key, counted integer not null) with (fillfactor = 75);
  create table note (id uuid primary key, body bytea not null, at timestamptz not null);
  insert into person select place, 0 from generate_series(0, ${String(settings.people - 1)}) as place;`);

const count = (id: number) => db`update person set counted = counted + 1 where id = ${id} returning counted`;
const look = (id: number) => db`select id, counted from person where id = ${id}`;
const write = () => db`insert into note (id, body, at) values (${systemRandom.uuid()}, ${Buffer.alloc(200)}, ${new Date()})`;

function compute({ macs = 0, seals = 0 }: { readonly macs?: number; readonly seals?: number }): void {
  for (let done = 0; done < macs; done++) {
    createHmac("sha256", key).update("a text of some forty characters to be sealed").digest();
    hash("sha256", "a secret of forty-three characters in base64", "buffer");
  }
  for (let done = 0; done < seals; done++) {
    const cipher = createCipheriv("aes-256-gcm", key, randomBytes(12), { authTagLength: 16 });
    Buffer.concat([cipher.update("x".repeat(300), "utf8"), cipher.final(), cipher.getAuthTag()]);
  }
}

/** What is asked under one address, until its token is fetched. */
interface Asked {
  readonly query: URLSearchParams;
  readonly person: number;
}
const asked = new Map<string, Asked>();
let people = 0;

/** As long as a page of ours. */
const filling = `<p>${"A sentence that fills the page. ".repeat(130)}</p>`;
const headers = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "same-origin",
};

const page = (name: string, next: string) => (response: ServerResponse, id: string) => {
  const form = `<form method="post" action="/${next}/${id}"><input name="given"><button>Continue</button></form>`;
  response
    .writeHead(200, headers)
    .end(`<!doctype html><title>${name}</title><main data-page="${name}">${form}${filling}</main>`);
};

function leadTo(response: ServerResponse, location: string, cookies: string[] = []): void {
  response.writeHead(303, { location, "cache-control": "no-store", "set-cookie": cookies }).end();
}

const send = (to: string, text: string) => void sms.send({ to, text, reference: systemRandom.uuid() });

type Step = (response: ServerResponse, id: string, form: URLSearchParams) => unknown;

const steps: Readonly<Record<string, Step>> = {
  "GET identify": page("sign-in-identify", "identify"),
  async "POST identify"(response, id, form) {
    const { person = 0 } = asked.get(id) ?? {};
    compute({ macs: 8, seals: 2 });
    await db.atOnce(() => [count(person), look(person), look(person)]);
    await db.atOnce(() => [write(), count(person), count((person * 7) % settings.people), write()]);
    send(
      form.get("phone") ?? "",
      `${String(randomInt(1e6)).padStart(6, "0")} is your code to sign in at the measuring portal.`,
    );
    leadTo(response, `/code/${id}`);
  },
  "GET code": page("sign-in-code", "code"),
  async "POST code"(response, id, form) {
    const { person = 0 } = asked.get(id) ?? {};
    compute({ macs: 3, seals: 2 });
    await db.atOnce(() => [look(person), count(person), look(person)]);
    await db.atOnce(() => [count(person), write(), count(person), write()]);
    send(form.get("phone") ?? "", "The key was used to sign in at the measuring portal in a browser that is new to it.");
    leadTo(response, `/consent/${id}`, [`signed_in=${systemRandom.token()}`]);
  },
  "GET consent": page("sign-in-consent", "consent"),
  async "POST consent"(response, id) {
    const { person = 0, query } = asked.get(id) ?? {};
    compute({ macs: 1 });
    await db.atOnce(() => [count(person), look(person), write()]);
    leadTo(response, `${query?.get("redirect_uri") ?? ""}?code=${id}&state=${query?.get("state") ?? ""}`);
  },
};

async function token(response: ServerResponse, form: URLSearchParams): Promise<void> {
  const { person = 0, query } = asked.get(form.get("code") ?? "") ?? {};
  asked.delete(form.get("code") ?? "");
  compute({ macs: 1 });
  await db.atOnce(() => [count(person)]);
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: origin,
    aud: query?.get("client_id"),
    nonce: query?.get("nonce"),
    sub: String(person),
    iat: now,
    exp: now + 600,
  };
  const encoded = [{ alg: "ES256", kid: "wires" }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  const signature = sign("sha256", Buffer.from(encoded.join(".")), { key: privateKey, dsaEncoding: "ieee-p1363" });
  tell(response, { id_token: `${encoded.join(".")}.${signature.toString("base64url")}`, token_type: "Bearer" });
}

function tell(response: ServerResponse, body: object): void {
  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" }).end(JSON.stringify(body));
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

const description = {
  issuer: origin,
  authorization_endpoint: `${origin}/authorize`,
  token_endpoint: `${origin}/token`,
  jwks_uri: `${origin}/keys`,
};

function authorize(response: ServerResponse, query: string): void {
  const id = systemRandom.token();
  asked.set(id, { query: new URLSearchParams(query), person: people++ % settings.people });
  compute({ seals: 1 });
  leadTo(response, `/identify/${id}`, [`session=${systemRandom.token()}`, `browser=${systemRandom.token()}`]);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  const { method = "", url = "" } = request;
  const [, name = "", id = "", query = ""] = /^\/([\w.-]+)(?:\/([\w-]+))?(?:\?(.*))?$/.exec(url) ?? [];
  if (name === "authorize") return authorize(response, query);
  if (name === ".well-known") return tell(response, description);
  if (name === "keys")
    return tell(response, { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "wires", alg: "ES256" }] });
  const form = method === "POST" ? await readForm(request) : new URLSearchParams();
  if (name === "token") return token(response, form);
  return steps[`${method} ${name}`]?.(response, id, form) ?? response.writeHead(404).end();
}

createServer((request, response) => {
  answer(request, response).catch((fault: unknown) => {
    console.error(fault);
    response.destroy();
  });
}).listen(settings.port, "127.0.0.1");
