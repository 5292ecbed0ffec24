/** The office on the hub's door: responder, lists and authorities' certificates for machines; orders for tests and people. */
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono, type Context } from "hono";
import { z } from "zod";
import type { Authorities } from "./authorities.ts";
import type { Card } from "./cards.ts";
import { pem } from "./certificate.ts";
import { AUTHORITIES, type AuthorityName } from "./names.ts";
import { OCSP_MODES } from "./ocsp.ts";
import type { Office } from "./office.ts";
import { CRL_MODES } from "./revocation-list.ts";
import { REASON, STANDINGS, type Reason } from "./standing.ts";
import { CARD_KEYS } from "./cards.ts";
import type { People, Person } from "../people/index.ts";
import type { Tokens } from "./tokens.ts";

export interface OfficeRoutesNeeds {
  readonly office: Office;
  readonly authorities: Authorities;
  readonly people: People;
  readonly current: (person: Person) => Person;
  readonly tokens: Tokens;
  /** Where one may put the card into a reader without hardware. */
  readonly readerUrl: string;
}

const LONGEST_REQUEST = 16 * 1024;

export function createOfficeRoutes(needs: OfficeRoutesNeeds): Hono {
  const routes = new Hono();
  addMachineRoutes(routes, needs);
  addOrders(routes, needs);
  return routes;
}

function addMachineRoutes(routes: Hono, { office, authorities }: OfficeRoutesNeeds): void {
  const respond = async (c: Context, request: Uint8Array) => {
    const { ocsp: mode } = office.modes;
    if (mode === "unreachable") return hangUp(c);
    return binary(c, await office.ocsp(request, mode), "application/ocsp-response");
  };
  routes
    .post("/card-office/ocsp", async (c) => {
      const request = new Uint8Array(await c.req.arrayBuffer());
      return request.length > LONGEST_REQUEST ? c.text("too long", 413) : respond(c, request);
    })
    // RFC 6960 A.1: the request in the path, in base64, whose slashes may or may not be escaped.
    .get("/card-office/ocsp/:request{.+}", (c) => respond(c, Buffer.from(c.req.param("request"), "base64")))
    .get("/card-office/crl/:file", async (c) => {
      const { crl: mode } = office.modes;
      const authority = authorityOf(c.req.param("file"), ".crl");
      if (authority === undefined) return c.notFound();
      if (mode === "unreachable") return hangUp(c);
      const list = mode === "garbage" ? Buffer.from("not a list") : await office.revocationList(authority, mode);
      return binary(c, list, "application/pkix-crl");
    })
    .get("/card-office/ca/:file", (c) => {
      const authority = authorityOf(c.req.param("file"), ".cer");
      if (authority === undefined) return c.notFound();
      return binary(c, authorities[authority].certificate.raw, "application/pkix-cert");
    });
}

function authorityOf(file: string, ending: string): AuthorityName | undefined {
  return AUTHORITIES.find((name) => file === name + ending);
}

function binary(c: Context, body: Uint8Array, type: string): Response {
  return c.body(new Uint8Array(body), 200, { "content-type": type, "cache-control": "no-store" });
}

/** What an unreachable service looks like from outside; without a socket (in a test of the routes), the nearest to it. */
function hangUp(c: Context): Response {
  const { outgoing } = (c.env ?? {}) as Partial<HttpBindings>;
  const socket = outgoing?.socket;
  if (!socket) return c.text("unreachable", 503);
  socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

const Modes = z.strictObject({ ocsp: z.enum(OCSP_MODES).optional(), crl: z.enum(CRL_MODES).optional() });
const reasons = Object.keys(REASON) as [Reason, ...Reason[]]; // The keys of a constant are known.
const Order = z.union([
  z.strictObject({ standing: z.enum(STANDINGS), reason: z.enum(reasons).optional() }),
  z.strictObject({ pin: z.literal("unblock") }),
  z.strictObject({ reissue: z.enum(CARD_KEYS) }),
]);
type Order = z.infer<typeof Order>;

function addOrders(routes: Hono, needs: OfficeRoutesNeeds): void {
  const { office } = needs;
  routes
    .get("/card-office", (c) => c.json(office.modes))
    .post("/card-office/modes", async (c) => {
      const modes = Modes.safeParse(await c.req.json().catch(() => null));
      if (!modes.success) return c.json({ error: "modes_not_understood", ocsp: OCSP_MODES, crl: CRL_MODES }, 400);
      const { ocsp, crl } = modes.data;
      office.setModes({ ...(ocsp && { ocsp }), ...(crl && { crl }) });
      return c.json(office.modes);
    })
    .get("/cards/:civilId", async (c) => {
      const card = await office.cardOf(c.req.param("civilId"));
      return card === undefined ? c.json({ error: "no_card" }, 404) : c.json(await describe(card, needs));
    })
    .post("/cards/:civilId", async (c) => {
      const order = Order.safeParse(await c.req.json().catch(() => null));
      if (!order.success) return c.json({ error: "order_not_understood" }, 400);
      const verdict = await obey(c.req.param("civilId"), order.data, needs);
      const card = await office.cardOf(c.req.param("civilId"));
      if (card === undefined) return c.json({ error: "no_card" }, 404);
      return verdict === "final" ? c.json({ error: "revoked_for_good" }, 409) : c.json(await describe(card, needs));
    });
}

async function obey(civilId: string, order: Order, { office, people, current }: OfficeRoutesNeeds): Promise<"done" | "final"> {
  if ("standing" in order)
    return (await office.setStanding(civilId, order.standing, order.reason)) === "final" ? "final" : "done";
  const card = await office.cardOf(civilId);
  const person = people.findByCivilId(civilId);
  if (card === undefined || person === undefined) return "done";
  if ("pin" in order) office.standings.unblock(card);
  else await office.issueCard(current(person), { key: order.reissue });
  return "done";
}

/** Promised by `GET /cards/{civilId}`: certificate, PKCS#11 module and token label, PIN, and how to use it from a browser. */
async function describe(card: Card, { office, authorities, tokens, readerUrl }: OfficeRoutesNeeds) {
  const token = await tokens.tokenOf(card);
  const triesLeft = office.standings.triesLeft(card);
  return {
    civilId: card.civilId,
    number: card.number,
    key: card.key,
    standing: office.standings.revocationOf(card)?.standing ?? "good",
    certificate: pem(card.authentication.certificate.raw),
    signatureCertificate: pem(card.signature.certificate.raw),
    issuers: [authorities.authentication, authorities.signature, authorities.root].map(({ certificate }) =>
      pem(certificate.raw),
    ),
    module: token?.module ?? null,
    tokenLabel: token?.label ?? null,
    environment: token?.environment ?? {},
    pin: card.pin,
    triesLeft,
    reader: `${readerUrl}?card=${card.civilId}`,
    use: token === undefined ? USE_WITHOUT_TOKEN : useWithToken(token.module, token.environment),
  };
}

const USE_WITHOUT_TOKEN = [
  "Choose to sign in with the card: the sandbox's virtual reader opens, takes this card and asks for its PIN.",
  "With SoftHSM and OpenSC installed (Debian: softhsm2, opensc) each card is a PKCS#11 token too.",
];

function useWithToken(module: string, environment: Readonly<Record<string, string>>): readonly string[] {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return [
    ...USE_WITHOUT_TOKEN.slice(0, 1),
    `Chromium (close it first): modutil -dbdir sql:$HOME/.pki/nssdb -add "Chave sandbox" -libfile ${module} -mechanisms FRIENDLY; then start it with ${variables.join(" ")}`,
    `Firefox: start it with ${variables.join(" ")}; Settings, Privacy and Security, Security Devices, Load: ${module}`,
    `curl: ${variables.join(" ")} curl --engine pkcs11 --cert 'pkcs11:token=LABEL;id=%45' --key 'pkcs11:token=LABEL;id=%45;pin-value=PIN'`,
  ];
}
