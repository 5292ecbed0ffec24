import type { Context, Hono } from "hono";
import { attributeNames } from "#core/vocabulary";
import type { AttributeName } from "#core/vocabulary";
import { seeOther, type Form, type Scene } from "#sites/kit";
import { consentView } from "./consent.view.ts";
import type { SignInSite } from "./journey.ts";
import { leave } from "./leave.ts";
import { here, idOf, route } from "./paths.ts";

export function consentPages(app: Hono, site: SignInSite): void {
  const { kit } = site;
  app.get(route("consent"), (c) => showConsent(site, c));
  app.post(
    route("consent"),
    kit.posted((c, scene, form) => decide(site, c, scene, form)),
  );
  app.post(
    route("cancel"),
    kit.posted((c, scene) => cancel(site, c, scene)),
  );
  app.get(route("cancel"), (c) => seeOther(c, here(c, "start")));
}

function showConsent({ kit, journey }: SignInSite, c: Context): Promise<Response> {
  return journey.guarded(
    c,
    "consent",
    ({ csrf }, { id, by, consent, asks }) =>
      consent && kit.show(c, (words) => consentView(words, { csrf, id, asks, by, ...consent })),
  );
}

async function decide({ kit, signIn, journey }: SignInSite, c: Context, scene: Scene, form: Form): Promise<Response> {
  const decision = form.text("decision");
  if (decision !== "authorise" && decision !== "refuse") return kit.fail(c, "malformed");
  const decided = await signIn.decide(idOf(c), scene.visitor, decision, form.all("attribute").filter(isAttribute));
  return decided.ok ? leave(kit, c, decided.to) : journey.settle(c, scene, decided.refusal);
}

async function cancel({ kit, signIn, journey }: SignInSite, c: Context, scene: Scene): Promise<Response> {
  const cancelled = await signIn.cancel(idOf(c), scene.visitor);
  return cancelled.ok ? leave(kit, c, cancelled.to) : journey.settle(c, scene, cancelled.refusal);
}

function isAttribute(name: string): name is AttributeName {
  return (attributeNames as readonly string[]).includes(name);
}
