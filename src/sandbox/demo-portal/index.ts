/** A municipal portal that accepts the key over OpenID Connect, proving itself with a key of its own. */
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { CompletePortal } from "../../protocols/portals.ts";
import { openDoor, type Door } from "../kit/door.ts";
import { languageOf, sendPortalHeaders, withLanguage, type Language } from "../kit/portal-page.ts";
import { createRelyingParty, type Attempt, type RelyingParty, type SignedIn } from "../kit/relying-party.ts";
import { createVisits } from "../kit/visits.ts";
import { refuseOtherSites } from "../kit/own-page.ts";
import { openPortalKey } from "./key.ts";
import { portalHomeView, portalRefusedView, portalSignedInView } from "./views.ts";

export interface DemoPortalNeeds {
  readonly port: number;
  /** Address of Chave's OpenID provider. */
  readonly keyIssuer: string;
  readonly shelfFolder: string;
}

export interface DemoPortal {
  readonly url: string;
  readonly portal: CompletePortal;
  start(): Promise<Door>;
}

export async function createDemoPortal({ port, keyIssuer, shelfFolder }: DemoPortalNeeds): Promise<DemoPortal> {
  const url = `http://localhost:${port}`;
  const own = await openPortalKey(shelfFolder);
  const portal: CompletePortal = {
    id: "demo-portal",
    name: { pt: "Câmara de Vila Exemplo", en: "Vila Exemplo Town Hall" },
    homeUrl: `${url}/`,
    attributes: ["name", "given_names", "family_names", "birth_date", "tax_number", "email"],
    minimumLevel: 2,
    oidc: {
      redirectUris: [`${url}/callback`],
      postLogoutRedirectUris: [`${url}/`],
      authentication: { method: "private_key_jwt", jwks: own.jwks },
    },
  };
  const key = createRelyingParty({
    issuer: keyIssuer,
    clientId: portal.id,
    authentication: own.authentication,
    redirectUri: `${url}/callback`,
    postLogoutRedirectUri: `${url}/`,
    scope: "openid profile tax_number email",
  });
  return { url, portal, start: () => openDoor(createPortalRoutes(url, key).fetch, port) };
}

function createPortalRoutes(url: string, key: RelyingParty): Hono {
  const visits = createVisits<SignedIn>("vila_exemplo");
  const attempts = createVisits<Attempt & { readonly language: Language }>("vila_exemplo_attempt");

  async function signIn(c: Context) {
    const acr = c.req.query("level") === "4" ? "http://eidas.europa.eu/LoA/high" : undefined;
    const begun = await key.begin(languageOf(c), acr).catch(() => null);
    if (!begun) return c.html(portalRefusedView(languageOf(c), "unreachable"), 503);
    attempts.start(c, { ...begun.attempt, language: languageOf(c) });
    return c.redirect(begun.url, 303);
  }

  async function comeBack(c: Context) {
    const attempt = attempts.read(c);
    const language = attempt?.language ?? languageOf(c);
    attempts.end(c);
    if (!attempt) return c.html(portalRefusedView(language, "no_attempt"), 400);
    const returned = await key.finish(new URL(`/callback${new URL(c.req.url).search}`, url), attempt).catch(() => null);
    if (!returned) return c.html(portalRefusedView(language, "unreachable"), 503);
    if (returned.outcome === "refused") return c.html(portalRefusedView(language, returned.error));
    visits.start(c, returned.signedIn);
    return c.redirect(withLanguage("/", language), 303);
  }

  async function signOut(c: Context) {
    const visit = visits.read(c);
    visits.end(c);
    const elsewhere = visit ? await key.signOutUrl(visit.idToken).catch(() => null) : null;
    return c.redirect(elsewhere ?? withLanguage("/", languageOf(c)), 303);
  }

  const routes = new Hono();
  routes
    .use(sendPortalHeaders, refuseOtherSites(url), bodyLimit({ maxSize: 16 * 1024 }))
    .get("/", (c) => {
      const visit = visits.read(c);
      return c.html(visit ? portalSignedInView(languageOf(c), visit) : portalHomeView(languageOf(c)));
    })
    .get("/sign-in", signIn)
    .post("/sign-in", signIn)
    .get("/callback", comeBack)
    .post("/sign-out", signOut);
  return routes;
}
