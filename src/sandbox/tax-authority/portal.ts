/** "My taxes": the tax authority's own portal, entered with its password or with the key. */
import { Hono } from "hono";
import { z } from "zod";
import { fullName, type People } from "../people/index.ts";
import { languageOf, withLanguage, type Language } from "../kit/portal-page.ts";
import type { Attempt, RelyingParty } from "../kit/relying-party.ts";
import { createVisits } from "../kit/visits.ts";
import { findHolder, textFields } from "./interaction.ts";
import { taxHomeView, taxRefusedView, taxSignedInView, taxStartView, type TaxVisit } from "./views.ts";

interface Visit extends TaxVisit {
  readonly idToken: string | null;
}

const KeyClaims = z.object({ tax_number: z.string(), name: z.string() });

export function createTaxPortalRoutes(base: string, people: People, key: RelyingParty): Hono {
  const visits = createVisits<Visit>("my_taxes");
  const attempts = createVisits<Attempt & { readonly language: Language }>("my_taxes_attempt");
  const empty = { invalid: false, taxNumber: "" };

  const routes = new Hono();
  routes
    .get("/", (c) => c.html(taxHomeView(languageOf(c))))
    .get("/start", (c) =>
      c.html(taxStartView(c.req.query("tab") === "gov" ? "gov" : "password", { ...empty, language: languageOf(c) })),
    )
    .post("/start", async (c) => {
      const { tax_number: taxNumber = "", password = "" } = await textFields(c);
      const person = findHolder(people, taxNumber, password);
      if (!person?.taxNumber)
        return c.html(taxStartView("password", { language: languageOf(c), invalid: true, taxNumber }), 422);
      visits.start(c, { taxNumber: person.taxNumber, name: fullName(person), level: null, known: true, idToken: null });
      return c.redirect(withLanguage("/my-taxes", languageOf(c)), 303);
    })
    .post("/gov/sign-in", async (c) => {
      const language = languageOf(c);
      const begun = await key.begin(language).catch(() => null);
      if (!begun) return c.html(taxRefusedView(language, "unreachable"), 503);
      attempts.start(c, { ...begun.attempt, language });
      return c.redirect(begun.url, 303);
    })
    .get("/gov/callback", async (c) => {
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
      visits.start(c, { taxNumber, name, level, idToken, known: people.findByTaxNumber(taxNumber) !== undefined });
      return c.redirect(withLanguage("/my-taxes", language), 303);
    })
    .get("/my-taxes", (c) => {
      const visit = visits.read(c);
      return visit ? c.html(taxSignedInView(languageOf(c), visit)) : c.redirect(withLanguage("/start", languageOf(c)), 303);
    })
    .post("/sign-out", async (c) => {
      const visit = visits.read(c);
      visits.end(c);
      const elsewhere = visit?.idToken ? await key.signOutUrl(visit.idToken).catch(() => null) : null;
      return c.redirect(elsewhere ?? withLanguage("/", languageOf(c)), 303);
    });
  return routes;
}
