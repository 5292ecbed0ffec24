/** "My taxes": the tax authority's own portal, entered with its password or with the key. */
import { Hono, type Context } from "hono";
import { z } from "zod";
import { fullName, type People } from "../people/index.ts";
import { languageOf, withLanguage, type Language } from "../kit/portal-page.ts";
import type { Attempt, RelyingParty } from "../kit/relying-party.ts";
import { createVisits, type Visits } from "../kit/visits.ts";
import { findHolder, textFields } from "./interaction.ts";
import { taxHomeView, taxRefusedView, taxSignedInView, taxStartView, type TaxVisit } from "./views.ts";

interface Visit extends TaxVisit {
  readonly idToken: string | null;
}

const KeyClaims = z.object({ tax_number: z.string(), name: z.string() });

interface Portal {
  readonly base: string;
  readonly people: People;
  readonly key: RelyingParty;
  readonly visits: Visits<Visit>;
  readonly attempts: Visits<Attempt & { readonly language: Language }>;
}

type Handler = (portal: Portal, c: Context) => Response | Promise<Response>;

export function createTaxPortalRoutes(base: string, people: People, key: RelyingParty): Hono {
  const portal: Portal = { base, people, key, visits: createVisits("my_taxes"), attempts: createVisits("my_taxes_attempt") };
  const by = (handle: Handler) => (c: Context) => handle(portal, c);
  const routes = new Hono();
  routes
    .get("/", (c) => c.html(taxHomeView(languageOf(c))))
    .get("/start", by(chooseTab))
    .post("/start", by(enterByPassword))
    .post("/gov/sign-in", by(askForKey))
    .get("/gov/callback", by(enterByKey))
    .get("/my-taxes", by(showTaxes))
    .post("/sign-out", by(signOut));
  return routes;
}

function chooseTab(_portal: Portal, c: Context) {
  const tab = c.req.query("tab") === "gov" ? "gov" : "password";
  return c.html(taxStartView(tab, { language: languageOf(c), invalid: false, taxNumber: "" }));
}

async function enterByPassword({ people, visits }: Portal, c: Context) {
  const { tax_number: typed = "", password = "" } = await textFields(c);
  const person = findHolder(people, typed, password);
  const taxNumber = person?.taxNumber;
  if (!person || !taxNumber)
    return c.html(taxStartView("password", { language: languageOf(c), invalid: true, taxNumber: typed }), 422);
  visits.start(c, { taxNumber, name: fullName(person), level: null, isTaxpayer: true, idToken: null });
  return c.redirect(withLanguage("/my-taxes", languageOf(c)), 303);
}

async function askForKey({ key, attempts }: Portal, c: Context) {
  const language = languageOf(c);
  const begun = await key.begin(language).catch(() => null);
  if (!begun) return c.html(taxRefusedView(language, "unreachable"), 503);
  attempts.start(c, { ...begun.attempt, language });
  return c.redirect(begun.url, 303);
}

async function enterByKey({ base, people, key, visits, attempts }: Portal, c: Context) {
  const attempt = attempts.read(c);
  const language = attempt?.language ?? languageOf(c);
  attempts.end(c);
  if (!attempt) return c.html(taxRefusedView(language, "no_attempt"), 400);
  const returned = await key.finish(new URL(`/gov/callback${new URL(c.req.url).search}`, base), attempt).catch(() => null);
  if (!returned) return c.html(taxRefusedView(language, "unreachable"), 503);
  if (returned.outcome === "refused") return c.html(taxRefusedView(language, returned.error));
  const claims = KeyClaims.safeParse(returned.signedIn.claims);
  if (!claims.success) return c.html(taxRefusedView(language, "missing_attributes"));
  const { tax_number: taxNumber, name } = claims.data;
  const { level, idToken } = returned.signedIn;
  visits.start(c, { taxNumber, name, level, idToken, isTaxpayer: people.findByTaxNumber(taxNumber) !== undefined });
  return c.redirect(withLanguage("/my-taxes", language), 303);
}

function showTaxes({ visits }: Portal, c: Context) {
  const visit = visits.read(c);
  return visit ? c.html(taxSignedInView(languageOf(c), visit)) : c.redirect(withLanguage("/start", languageOf(c)), 303);
}

async function signOut({ key, visits }: Portal, c: Context) {
  const visit = visits.read(c);
  visits.end(c);
  const elsewhere = visit?.idToken ? await key.signOutUrl(visit.idToken).catch(() => null) : null;
  return c.redirect(elsewhere ?? withLanguage("/", languageOf(c)), 303);
}
