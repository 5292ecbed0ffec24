/**
 * The npm package `oidc-provider` as bare as it can be: its memory store, and pages of a few lines around it. The secret is
 * compared as it is, without any hash; the code goes out by one POST. Nothing is written anywhere: a floor, not a product.
 */
import { randomInt } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { generateKeyPair, exportJWK } from "jose";
import Provider from "oidc-provider";

interface Settings {
  readonly port: number;
  readonly smsUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
}

const settings = JSON.parse(process.env["BENCH_SETTINGS"] ?? "") as Settings;
const { privateKey } = await generateKeyPair("ES256", { extractable: true });

const provider = new Provider(`http://127.0.0.1:${String(settings.port)}`, {
  clients: [
    {
      client_id: settings.clientId,
      client_secret: settings.clientSecret,
      redirect_uris: [settings.redirectUri],
      id_token_signed_response_alg: "ES256",
    },
  ],
  jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: "bench", use: "sig", alg: "ES256" }] },
  cookies: { keys: ["bench-cookie-key-of-no-worth"] },
  claims: { openid: ["sub"], profile: ["name", "given_name", "family_name", "birthdate"] },
  findAccount: (_ctx, accountId) => ({
    accountId,
    claims: async () => ({
      sub: accountId,
      name: "Ana Exemplo",
      given_name: "Ana",
      family_name: "Exemplo",
      birthdate: "1980-01-01",
    }),
  }),
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  ttl: { Interaction: 900, Session: 900, Grant: 900, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
});

const codes = new Map<string, { readonly phone: string; readonly code: string }>();

const form = (action: string, fields: string) =>
  `<!doctype html><title>Sign in</title><form method="post" action="${action}">${fields}<button>Continue</button></form>`;

function show(response: ServerResponse, html: string): void {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" }).end(html);
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

async function sendCode(phone: string, code: string): Promise<void> {
  const answer = await fetch(settings.smsUrl, { method: "POST", body: JSON.stringify({ phone, code }) });
  await answer.body?.cancel();
}

type Step = (uid: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;

const steps: Readonly<Record<string, Step>> = {
  async "GET "(uid, request, response) {
    const { prompt } = await provider.interactionDetails(request, response);
    const consent = form(`/interaction/${uid}/consent`, "<p>Name, birth date</p>");
    const login = form(`/interaction/${uid}/login`, '<input name="phone"><input name="pin" type="password">');
    show(response, prompt.name === "consent" ? consent : login);
  },
  async "POST /login"(uid, request, response) {
    const given = await readForm(request);
    const phone = given.get("phone") ?? "";
    if (given.get("pin") !== phone.slice(-6)) return void response.writeHead(403).end();
    const code = String(randomInt(1_000_000)).padStart(6, "0");
    codes.set(uid, { phone, code });
    await sendCode(phone, code);
    response.writeHead(303, { location: `/interaction/${uid}/code` }).end();
  },
  async "GET /code"(uid, _request, response) {
    show(response, form(`/interaction/${uid}/code`, '<input name="code">'));
  },
  async "POST /code"(uid, request, response) {
    const sent = codes.get(uid);
    codes.delete(uid);
    if ((await readForm(request)).get("code") !== (sent?.code ?? "none") || sent === undefined)
      return void response.writeHead(403).end();
    await provider.interactionFinished(request, response, { login: { accountId: sent.phone } });
  },
  async "POST /consent"(_uid, request, response) {
    const { session, params } = await provider.interactionDetails(request, response);
    await readForm(request);
    const accountId = session?.accountId;
    const grant = new provider.Grant({ clientId: String(params["client_id"]), ...(accountId !== undefined && { accountId }) });
    grant.addOIDCScope(String(params["scope"]));
    await provider.interactionFinished(
      request,
      response,
      { consent: { grantId: await grant.save() } },
      { mergeWithLastSubmission: true },
    );
  },
};

const callback = provider.callback();

createServer((request, response) => {
  const [, uid, step = ""] = /^\/interaction\/([\w-]+)(\/\w+)?$/.exec(request.url ?? "") ?? [];
  if (uid === undefined) return void callback(request, response);
  const handle = steps[`${request.method ?? ""} ${step}`];
  if (handle === undefined) return void response.writeHead(404).end();
  handle(uid, request, response).catch((fault: unknown) => {
    console.error(fault);
    response.writeHead(500).end();
  });
}).listen(settings.port, "127.0.0.1");
