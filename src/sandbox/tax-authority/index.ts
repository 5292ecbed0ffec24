/** The tax authority of the sandbox: an OpenID provider for activation, and a portal ("my taxes") that accepts the key. */
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createServer } from "node:http";
import { ClientSecretBasic } from "openid-client";
import type { CompletePortal } from "../../protocols/portals.ts";
import { openServer, type Door } from "../kit/door.ts";
import type { People } from "../people/index.ts";
import { sendPortalHeaders } from "../kit/portal-page.ts";
import { createRelyingParty } from "../kit/relying-party.ts";
import { refuseOtherSites } from "../kit/own-page.ts";
import { createInteractionRoutes } from "./interaction.ts";
import { createTaxPortalRoutes } from "./portal.ts";
import { createTaxAuthorityProvider, type TaxAuthorityClient } from "./provider.ts";

export interface TaxAuthoritySandboxNeeds {
  readonly port: number;
  readonly people: People;
  /** Chave, as the authority knows it. */
  readonly client: TaxAuthorityClient;
  /** Address of Chave's own OpenID provider, for the portal. */
  readonly keyIssuer: string;
  /** The portal's secret at Chave. */
  readonly portalSecret: string;
}

export interface TaxAuthoritySandbox {
  readonly url: string;
  readonly portal: CompletePortal;
  start(): Promise<Door>;
}

export function createTaxAuthoritySandbox(needs: TaxAuthoritySandboxNeeds): TaxAuthoritySandbox {
  const url = `http://localhost:${needs.port}`;
  const portal = portalOf(url, needs.portalSecret);
  const key = createRelyingParty({
    issuer: needs.keyIssuer,
    clientId: portal.id,
    authentication: ClientSecretBasic(needs.portalSecret),
    redirectUri: `${url}/gov/callback`,
    postLogoutRedirectUri: `${url}/`,
    // The name comes with `profile`, whose other claims this portal may not ask and is not given.
    scope: "openid tax_number profile",
  });

  async function start(): Promise<Door> {
    const provider = await createTaxAuthorityProvider(url, needs.client, needs.people);
    const pages = new Hono<{ Bindings: HttpBindings }>()
      .use(sendPortalHeaders, refuseOtherSites(url), bodyLimit({ maxSize: 16 * 1024 }))
      .route("/", createInteractionRoutes(provider, needs.people))
      .route("/", createTaxPortalRoutes(url, needs.people, key));
    const listen = getRequestListener(pages.fetch);
    const answer = provider.callback();
    const isProtocol = (path: string) => path.startsWith("/oidc/") || path.startsWith("/.well-known/");
    return openServer(
      createServer((request, response) => void (isProtocol(request.url ?? "") ? answer : listen)(request, response)),
      needs.port,
    );
  }
  return { url, portal, start };
}

function portalOf(url: string, secret: string): CompletePortal {
  return {
    id: "my-taxes",
    name: { pt: "As minhas finanças", en: "My taxes" },
    homeUrl: `${url}/`,
    attributes: ["tax_number", "name"],
    minimumLevel: 2,
    oidc: {
      redirectUris: [`${url}/gov/callback`],
      postLogoutRedirectUris: [`${url}/`],
      authentication: { method: "client_secret_basic", secret },
    },
  };
}
