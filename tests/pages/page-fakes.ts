/** For tests of pages only: the needs of the sites made by hand, so that a page can be asked for without a database. */
import { createHmac } from "node:crypto";
import type { Hono } from "hono";
import type { Activation, ActivationView, TaxLetterSteps } from "#core/activation";
import type { Acts } from "#core/acts";
import type { ReservedArea } from "#core/reserved-area";
import type { SignIn, SignInView } from "#core/sign-in";
import { systemRandom } from "#platform/world";
import type { KitNeeds } from "#sites/kit";
import { createSites } from "../../src/sites/index.ts";

export const publicUrl = "http://localhost:3000";
const ignore = () => undefined;
const log: KitNeeds["log"] = { debug: ignore, info: ignore, warn: ignore, error: ignore, child: () => log };

export function needs(settings: Partial<KitNeeds["settings"]> = {}): KitNeeds {
  return {
    secrets: {
      mac: async (purpose, data) => createHmac("sha256", `a key for ${purpose}`).update(data).digest(),
      version: () => 1,
      seal: async (_purpose, plain) => Buffer.from(plain),
      open: async (_purpose, sealed) => Buffer.from(sealed).toString(),
    },
    random: systemRandom,
    clock: { now: () => new Date("2026-11-23T14:27:00Z") },
    log,
    settings: {
      publicUrl,
      installationName: "Município de Exemplo",
      sandbox: true,
      gallery: true,
      taxAuthorityOrigins: ["http://localhost:3011"],
      cardDoorUrl: "https://localhost:3003",
      ...settings,
    },
  };
}

const unasked = async (): Promise<never> => Promise.reject(new Error("this test did not expect to ask that of core"));

/** An activation that answers what the test says, and fails on anything else. */
export function anActivation(answers: Partial<Activation>): Activation {
  return {
    channels: {
      "tax-letter": { begin: unasked, identify: unasked },
      "citizen-card": { begin: unasked, ask: unasked, identify: unasked, fail: unasked, agree: unasked, replace: unasked },
    },
    view: unasked,
    giveContact: unasked,
    resend: unasked,
    confirm: unasked,
    cancel: unasked,
    ...answers,
  };
}

/** One in which that is answered to who comes through the tax authority. */
export function byTaxLetter(answers: Partial<TaxLetterSteps>): Pick<Activation, "channels"> {
  const { channels } = anActivation({});
  return { channels: { ...channels, "tax-letter": { ...channels["tax-letter"], ...answers } } };
}

/** Every proof of one question. */
export const unaskedBy: SignIn["by"] = { "citizen-card": { ask: unasked, show: unasked } };

export function aSignIn(answers: Partial<SignIn>): SignIn {
  const none = { begin: unasked, view: unasked, identify: unasked, resend: unasked, confirm: unasked, choosePin: unasked };
  return {
    ...none,
    by: unaskedBy,
    decide: unasked,
    cancel: unasked,
    answer: unasked,
    giveWayBack: () => undefined,
    ...answers,
  };
}

export function aReservedArea(answers: Partial<ReservedArea>): ReservedArea {
  return { view: unasked, enter: unasked, signOut: unasked, ...answers };
}

const noAct = { view: unasked, give: unasked, resend: unasked, confirm: unasked, cancel: unasked };

export type ActAnswers = { readonly [Name in keyof Omit<Acts, "purge">]?: Partial<Acts[Name]> };

export function someActs(answers: ActAnswers): Omit<Acts, "purge"> {
  return {
    unblock: { ...noAct, enterBy: "card", ...answers.unblock },
    "change-email": { ...noAct, enterBy: "key-or-card", ...answers["change-email"] },
  };
}

export function activationAt(
  step: ActivationView["step"],
  channel: ActivationView["channel"] = "tax-letter",
): Activation["view"] {
  const learned =
    step === "consent"
      ? { name: "Maria", civilId: "99000001", birthDate: "1984-02-29", documentExpires: "2032-06-30", address: null }
      : null;
  const code =
    step === "code" ? { maskedPhone: "+351 ••• ••• 567", expiresAt: new Date("2026-11-23T14:32:00Z"), resendAt: null } : null;
  return async () => ({
    ok: true,
    view: { id: "an-activation", channel, step, givenNames: "Maria", code, shown: { learned } },
  });
}

export function signInAt(step: SignInView["step"], change: Partial<SignInView> = {}): SignIn["view"] {
  const portal = {
    id: "faturas",
    name: { pt: "As Minhas Faturas", en: "My Invoices" },
    homeUrl: "https://faturas.exemplo.pt/",
    isOurselves: false,
    redirectOrigins: ["https://volta.exemplo.pt"],
  };
  const code =
    step === "code" ? { maskedPhone: "+351 ••• ••• 567", expiresAt: new Date("2026-11-23T14:32:00Z"), resendAt: null } : null;
  const consent =
    step === "consent"
      ? { name: "Maria", attributes: [{ name: "email" as const, required: false, value: "m@exemplo.pt" }] }
      : null;
  const rest = {
    attributes: [],
    cardOnly: false,
    by: null,
    expiresAt: new Date("2026-11-23T14:50:00Z"),
    code,
    consent,
    returnTo: "/oidc/back",
  };
  return async (id) => ({ ok: true, view: { id, step, portal, ...rest, ...change } });
}

export function sites(
  core: {
    activation?: Partial<Activation>;
    signIn?: Partial<SignIn>;
    reservedArea?: Partial<ReservedArea>;
    acts?: ActAnswers;
  } = {},
  settings?: Partial<KitNeeds["settings"]>,
): Hono {
  return createSites({
    ...needs(settings),
    activation: anActivation(core.activation ?? {}),
    signIn: aSignIn(core.signIn ?? {}),
    reservedArea: aReservedArea(core.reservedArea ?? {}),
    acts: someActs(core.acts ?? {}),
  });
}

/** A plain HTTP client: keeps cookies, and sends a page's hidden fields with what it fills in. */
export function aClient(app: Hono) {
  const cookies = new Map<string, string>();
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (cookies.size > 0) headers.set("Cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await app.request(`${publicUrl}${path}`, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return response;
  }
  async function csrfOf(page: string): Promise<string> {
    return /name="csrf" value="([^"]+)"/.exec(await (await ask(page)).text())?.[1] ?? "";
  }
  async function post(
    path: string,
    fields: Record<string, string> | [string, string][],
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return ask(path, { method: "POST", body: new URLSearchParams(fields), headers });
  }
  return { ask, post, csrfOf, cookies };
}
