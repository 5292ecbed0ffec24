import { attributeNames } from "#core/vocabulary";
import type { AttributeName } from "#core/vocabulary";
import type { Hono } from "hono";

import type { SignIn } from "#core/sign-in";
import type { Kit } from "#sites/kit";
import { consentView } from "./consent.view.ts";
import { leave } from "./leave.ts";
import { idOf, path, type SignInJourney } from "./journey.ts";

export function consentPages(app: Hono, kit: Kit, signIn: SignIn, { goTo, gone, guarded, settle }: SignInJourney): void {
  app.get(path("/consent"), (c) =>
    guarded(c, "consent", ({ csrf }, { id, by, consent }, asks) => {
      return consent ? kit.show(c, (words) => consentView(words, { csrf, id, asks, by, ...consent })) : gone(c);
    }),
  );

  app.post(
    path("/consent"),
    kit.posted(async (c, { visitor }, form) => {
      const decision = form.text("decision");
      if (decision !== "authorise" && decision !== "refuse") return kit.fail(c, "malformed");
      const decided = await signIn.decide(idOf(c), visitor, decision, form.all("attribute").filter(isAttribute));
      return decided.ok ? leave(kit, c, decided.to) : settle(c, decided.refusal);
    }),
  );

  app.post(
    path("/cancel"),
    kit.posted(async (c, { visitor }) => {
      const cancelled = await signIn.cancel(idOf(c), visitor);
      return cancelled.ok ? leave(kit, c, cancelled.to) : gone(c);
    }),
  );
  app.get(path("/cancel"), (c) => goTo(c, null));
}

function isAttribute(name: string): name is AttributeName {
  return (attributeNames as readonly string[]).includes(name);
}
