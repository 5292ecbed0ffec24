import type { Level } from "#core/vocabulary";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Hono } from "hono";
import type { Context } from "hono";
import type { Portals } from "#core/portals";
import type { Sessions } from "#core/sessions";
import type { SignIn } from "#core/sign-in";
import type { Database } from "#platform/database";
import type { Log } from "#platform/log";
import type { Secrets, SigningKeys } from "#platform/secrets";
import { systemClock } from "#platform/world";
import type { Clock, Random } from "#platform/world";
import { assertionIsNew, createEngine, lifetimes } from "./engine.ts";
import { addInteractionRoutes } from "./interaction.ts";
import { addLogoutRoutes } from "./logout.ts";
import { paths } from "./paths.ts";
import { addPlainRoutes, createMachineDoor } from "./plain-flow/doors.ts";
import { createPlainFlow } from "./plain-flow/index.ts";
import { pageHeaders, plainPages, statusOf } from "./pages.ts";
import type { Pages } from "./pages.ts";
import { giveSlipByCookie, visitorOfCookies } from "./visitor.ts";
import type { GiveSlip, VisitorOf } from "./visitor.ts";

export interface OidcNeeds extends Partial<Pages> {
  readonly db: Database;
  readonly portals: Portals;
  readonly signIn: SignIn;
  readonly sessions: Pick<Sessions, "signOut">;
  readonly signingKeys: SigningKeys;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** The public root, without a path: `https://chave.example`. */
  readonly issuer: string;
  /** The best that anybody can prove here: 4 where citizen cards are read. */
  readonly highestLevel: Level;
  /** In earnest the issuer must be https. */
  readonly sandbox: boolean;
  readonly visitorOf?: VisitorOf;
  readonly giveSlip?: GiveSlip;
  /** Takes the cookie of the session that logout has ended out of the browser. */
  readonly forgetSignedIn?: (c: Context) => void;
}

export interface Oidc {
  /** For the paths that `owns` names: the engine wants node's own request, with its body unread. */
  handle(req: IncomingMessage, res: ServerResponse): void | Promise<void>;
  owns(path: string): boolean;
  /** `/oidc/interaction/...` and `/oidc/logout`, to be mounted among the pages, behind whatever gives visitors their cookies. */
  readonly routes: Hono;
  /** Takes up signing keys that changed; to be called every minute in each process. */
  takeUpKeys(): Promise<void>;
}

export async function createOidc(needs: OidcNeeds): Promise<Oidc> {
  const { db, clock, signingKeys, issuer } = needs;
  const root = rootOf(issuer, needs.sandbox);
  const pages: Pages = {
    renderError: needs.renderError ?? plainPages.renderError,
    renderLogout: needs.renderLogout ?? plainPages.renderLogout,
  };
  const visitorOf = needs.visitorOf ?? visitorOfCookies;
  let current = await build();

  async function build() {
    const keys = await signingKeys.list("id-token");
    const engine = createEngine({ ...needs, pages }, keys);
    return { engine, callback: engine.callback(), ids: keys.map((key) => key.id).join() };
  }

  /** The engine's keys are fixed when it is made, so other keys mean another engine; it holds no state. */
  async function takeUpKeys(): Promise<void> {
    const ids = (await signingKeys.list("id-token")).map((key) => key.id).join();
    if (ids !== current.ids) current = await build();
  }

  const routes = new Hono();
  const forgetSignedIn = needs.forgetSignedIn ?? (() => undefined);
  const forRoutes = {
    ...needs,
    visitorOf,
    forgetSignedIn,
    pages,
    engine: () => current.engine,
    secureCookies: root.protocol === "https:",
  };
  const flow = createPlainFlow(
    {
      ...needs,
      epoch: () => Math.floor(systemClock.now().getTime() / 1000),
      assertionIsNew: (portal, jti) => assertionIsNew(db, clock, portal, jti),
    },
    lifetimes,
  );
  const toEngine = (req: IncomingMessage, res: ServerResponse): void => {
    req.headers["x-forwarded-proto"] = root.protocol.slice(0, -1);
    req.headers["x-forwarded-host"] = root.host;
    void current.callback(req, res);
  };
  const expired = (c: Context) => c.html(pages.renderError("expired", visitorOf(c).language), statusOf.expired, pageHeaders());
  const { giveSlip = giveSlipByCookie } = needs;
  addPlainRoutes(routes, { flow, engine: toEngine, visitorOf, expired, giveSlip });
  const machineDoor = createMachineDoor(flow, toEngine);
  addInteractionRoutes(routes, forRoutes);
  addLogoutRoutes(routes, forRoutes);

  return {
    routes,
    owns: (path) => enginePaths.has(path) || path.startsWith(`${paths.authorization}/`),
    handle(req, res) {
      const answer = machineDoor(req.method ?? "", new URL(req.url ?? "/", issuer).pathname) ?? toEngine;
      return answer(req, res);
    },
    takeUpKeys,
  };
}

const enginePaths: ReadonlySet<string> = new Set([paths.token, paths.userinfo, paths.jwks, paths.configuration]);

function rootOf(issuer: string, sandbox: boolean): URL {
  const root = new URL(issuer);
  if (root.origin !== issuer) throw new Error(`the issuer must be an origin without a path or slash at its end: ${issuer}`);
  if (root.protocol !== "https:" && !sandbox) throw new Error("the issuer must be https");
  return root;
}
