/** The tax authority's OpenID provider: who may ask it (Chave), what it tells (tax number and name). */
import { randomBytes } from "node:crypto";
import { exportJWK, generateKeyPair } from "jose";
import Provider, { type Configuration } from "oidc-provider";
import { fullName, type People } from "../people/index.ts";
import { createMemoryAdapter } from "./adapter.ts";

export interface TaxAuthorityClient {
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
}

const TEN_MINUTES = 600;

export async function createTaxAuthorityProvider(
  issuer: string,
  client: TaxAuthorityClient,
  people: People,
): Promise<Provider> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const signingKey = { ...(await exportJWK(privateKey)), use: "sig", alg: "ES256", kid: randomBytes(8).toString("hex") };
  return new Provider(issuer, {
    ...fixedConfiguration,
    adapter: createMemoryAdapter(),
    clients: [registrationOf(client)],
    jwks: { keys: [signingKey] },
    cookies: { ...fixedConfiguration.cookies, keys: [randomBytes(32).toString("hex")] },
    async findAccount(_ctx, accountId) {
      const person = people.findByTaxNumber(accountId);
      if (!person) return undefined;
      return { accountId, claims: async () => ({ sub: accountId, tax_number: accountId, name: fullName(person) }) };
    },
  });
}

function registrationOf({ id, secret, redirectUri }: TaxAuthorityClient): NonNullable<Configuration["clients"]>[number] {
  return {
    client_id: id,
    client_secret: secret,
    client_name: "Chave",
    redirect_uris: [redirectUri],
    response_types: ["code"],
    grant_types: ["authorization_code"],
    token_endpoint_auth_method: "client_secret_basic",
    id_token_signed_response_alg: "ES256",
  };
}

const fixedConfiguration = {
  claims: { openid: ["sub"], tax_number: ["tax_number"], name: ["name"] },
  scopes: ["openid", "tax_number", "name"],
  pkce: { required: () => true },
  responseTypes: ["code"],
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
  routes: { authorization: "/oidc/auth", token: "/oidc/token", userinfo: "/oidc/userinfo", jwks: "/oidc/jwks" },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  // The product is an OpenID provider on the same host, and ports share cookies: these names must not be its.
  cookies: { names: { session: "at_session", interaction: "at_interaction", resume: "at_resume" } },
  ttl: {
    AccessToken: TEN_MINUTES,
    AuthorizationCode: 60,
    Grant: TEN_MINUTES,
    IdToken: TEN_MINUTES,
    Interaction: TEN_MINUTES,
    Session: TEN_MINUTES,
  },
  renderError(ctx, out) {
    ctx.type = "text/plain";
    ctx.body = `Autoridade tributária (sandbox): ${out.error}`;
  },
} satisfies Configuration;
