/** The library's provider, with what it must not do by itself taken out of its hands. */
import Provider from "oidc-provider";
import type { KoaContextWithOIDC } from "oidc-provider";
import type { SigningKey } from "#platform/secrets";
import { isFirstUse } from "../assertions.ts";
import type { OidcPortals } from "../registration/oidc-portals.ts";
import { configurationOf } from "./configuration.ts";
import type { EngineNeeds } from "./configuration.ts";
import { logErrors } from "./errors.ts";
import { postedRequestAsGet } from "./posted-request.ts";

export function createProvider(needs: EngineNeeds, keys: readonly SigningKey[]): Provider {
  const provider = new Provider(needs.issuer, configurationOf(needs, keys));
  // Behind a proxy the addresses come from the issuer, never from a header (see `answer` in engine.ts).
  provider.proxy = true;
  addressesFromIssuer(provider);
  secretsKeptElsewhere(provider, needs.portals);
  // The engine looks first and inserts then, which parallel requests outrun.
  provider.ReplayDetection.unique = async (issuer, jti) => isFirstUse(needs, issuer, jti);
  provider.use(withoutEngineSession);
  provider.use(postedRequestAsGet);
  logErrors(provider, needs.log);
  return provider;
}

function secretsKeptElsewhere(provider: Provider, portals: OidcPortals): void {
  Object.assign(provider.Client.prototype, {
    async compareClientSecret(this: { readonly clientId: string }, secret: string): Promise<boolean> {
      const portal = await portals.find(this.clientId);
      return portal !== null && portals.secretMatches(portal, secret);
    },
  });
}

/** The engine would build addresses, and the audience of assertions, from the Host header: whoever sends it would choose them. */
function addressesFromIssuer(provider: Provider): void {
  Object.assign(provider.OIDCContext.prototype, {
    urlFor: (name: string, options?: Record<string, unknown>) => provider.urlFor(name, options),
  });
}

async function withoutEngineSession(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next();
  const cookies = [ctx.response.headers["set-cookie"] ?? []].flat().filter((cookie) => !cookie.startsWith("oidc_session"));
  if (cookies.length > 0) ctx.set("Set-Cookie", cookies);
  else ctx.remove("Set-Cookie");
}
