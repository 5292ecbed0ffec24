/** The provider's pages: who are you, and may we tell Chave. */
import { timingSafeEqual } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import { Hono, type Context } from "hono";
import type Provider from "oidc-provider";
import { fullName, type People, type Person } from "../people/index.ts";
import { languageOf } from "../kit/portal-page.ts";
import { authorityConsentView, authorityExpiredView, authoritySignInView } from "./views.ts";

interface Env {
  Bindings: HttpBindings;
}
type Details = Awaited<ReturnType<Provider["interactionDetails"]>>;

/** The holder of tax number and password, of whom both must be right. */
export function findHolder(people: People, taxNumber: string, password: string): Person | undefined {
  const person = people.findByTaxNumber(taxNumber.replaceAll(/\s/g, ""));
  const right = person?.taxPassword ?? null;
  return right !== null && same(right, password) ? person : undefined;
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export function createInteractionRoutes(provider: Provider, people: People): Hono<Env> {
  /** The request this browser is in the middle of; null when it is over, or another browser's. */
  const detailsOf = (c: Context<Env>): Promise<Details | null> =>
    provider.interactionDetails(c.env.incoming, c.env.outgoing).then(
      (details) => (details.uid === c.req.param("uid") ? details : null),
      () => null,
    );
  const finish = async (c: Context<Env>, result: Parameters<Provider["interactionResult"]>[2]) =>
    c.redirect(
      await provider.interactionResult(c.env.incoming, c.env.outgoing, result, { mergeWithLastSubmission: true }),
      303,
    );
  const expired = (c: Context<Env>) => c.html(authorityExpiredView(languageOf(c)), 400);

  const routes = new Hono<Env>();
  routes
    .get("/interaction/:uid", async (c) => {
      const details = await detailsOf(c);
      if (!details) return expired(c);
      const language = languageOf(c);
      if (details.prompt.name === "login")
        return c.html(authoritySignInView(details.uid, { language, invalid: false, taxNumber: "" }));
      const person = people.findByTaxNumber(details.session?.accountId ?? "");
      if (!person) return expired(c);
      return c.html(authorityConsentView(details.uid, language, { taxNumber: person.taxNumber ?? "", name: fullName(person) }));
    })
    .post("/interaction/:uid/sign-in", async (c) => {
      const details = await detailsOf(c);
      if (details?.prompt.name !== "login") return expired(c);
      const { tax_number: taxNumber, password } = await textFields(c);
      const person = findHolder(people, taxNumber ?? "", password ?? "");
      if (person?.taxNumber) return finish(c, { login: { accountId: person.taxNumber, remember: false } });
      return c.html(
        authoritySignInView(details.uid, { language: languageOf(c), invalid: true, taxNumber: taxNumber ?? "" }),
        422,
      );
    })
    .post("/interaction/:uid/consent", async (c) => {
      const details = await detailsOf(c);
      if (details?.prompt.name !== "consent" || !details.session) return expired(c);
      const { decision } = await textFields(c);
      if (decision !== "authorise") return finish(c, { error: "access_denied", error_description: "the person refused" });
      return finish(c, { consent: { grantId: await grant(provider, details, details.session.accountId) } });
    });
  return routes;
}

async function grant(provider: Provider, details: Details, accountId: string): Promise<string> {
  const given = new provider.Grant({ accountId, clientId: String(details.params["client_id"]) });
  given.addOIDCScope(String(details.params["scope"]));
  return given.save();
}

export async function textFields(c: Context): Promise<Readonly<Record<string, string | undefined>>> {
  const fields = Object.entries(await c.req.parseBody()).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(fields);
}
