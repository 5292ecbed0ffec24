import type { Hono } from "hono";
import { codeStepPages } from "#sites/kit";
import { codeFace } from "./code.view.ts";
import { showIdentify } from "./identify.page.ts";
import { proven, type SignInSite } from "./journey.ts";
import { idOf, route } from "./paths.ts";

export function codePages(app: Hono, site: SignInSite): void {
  const { kit, signIn, journey } = site;
  codeStepPages(app, {
    kit,
    journey,
    route: route("code"),
    face: (words, _scene, { id, asks }) => codeFace(words, id, asks),
    confirm: (c, { visitor }, code) => signIn.confirm(idOf(c), visitor, code),
    resend: (c, { visitor }) => signIn.resend(idOf(c), visitor),
    confirmed: (c, { signedIn }) => proven(site, c, signedIn),
    refused: (c, scene, refusal) =>
      refusal === "code.expired"
        ? showIdentify(site, c, 422, { mistakes: {}, typedPhone: "", refusal })
        : journey.settle(c, scene, refusal),
  });
}
