import type { IncomingMessage, ServerResponse } from "node:http";
import { Hono } from "hono";
import type { Portals } from "#core/portals";
import type { Sessions } from "#core/sessions";
import type { SignIn } from "#core/sign-in";
import type { Level } from "#core/vocabulary";
import type { Database } from "#platform/database";
import { inSeconds } from "#platform/duration";
import type { Log } from "#platform/log";
import type { Secrets, SigningKeys } from "#platform/secrets";
import { systemClock } from "#platform/world";
import type { Clock, Random } from "#platform/world";
import { openEngine } from "./engine/engine.ts";
import { addInteractionRoutes } from "./engine/interaction.ts";
import { addLogoutRoutes } from "./logout.ts";
import type { Pages } from "./pages.ts";
import { paths } from "./paths.ts";
import { addPlainRoutes, machineEndpoint } from "./plain-flow/doors.ts";
import { createPlainFlow } from "./plain-flow/index.ts";
import { createOidcPortals } from "./registration/oidc-portals.ts";
import type { Browsers } from "./visitor.ts";

export interface OidcNeeds extends Pages, Browsers {
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
  const { protocol } = rootOf(needs.issuer, needs.sandbox);
  const portals = createOidcPortals(needs);
  const engine = await openEngine({ ...needs, portals });
  const flow = createPlainFlow({ ...needs, portals, epoch: () => inSeconds(systemClock.now().getTime()) });

  const routes = new Hono();
  const doors = { ...needs, portals, engine, flow, secureCookies: protocol === "https:" };
  addPlainRoutes(routes, doors);
  addInteractionRoutes(routes, doors);
  addLogoutRoutes(routes, doors);

  return {
    routes,
    owns: (path) => enginePaths.has(path) || path.startsWith(`${paths.authorization}/`),
    handle(req, res) {
      const answer = machineEndpoint(req.method, new URL(req.url ?? "/", needs.issuer).pathname);
      return answer ? answer(doors, req, res) : engine.answer(req, res);
    },
    takeUpKeys: engine.takeUpKeys,
  };
}

const enginePaths: ReadonlySet<string> = new Set([paths.token, paths.userinfo, paths.jwks, paths.configuration]);

function rootOf(issuer: string, sandbox: boolean): URL {
  const root = new URL(issuer);
  if (root.origin !== issuer) throw new Error(`the issuer must be an origin without a path or slash at its end: ${issuer}`);
  if (root.protocol !== "https:" && !sandbox) throw new Error("the issuer must be https");
  return root;
}
