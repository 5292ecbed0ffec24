/** Where each step of a sign-in is shown, and what becomes of one that is elsewhere, refused or gone. */
import type { Context } from "hono";
import { inLanguage, type Language } from "#core/vocabulary";
import type { CardOnly, CodeRefusal, Gone, OutOfStep, SignIn, SignInView } from "#core/sign-in";
import { createJourney, isOneOf, seeOther, type AskingPortal, type Journey, type Kit, type Scene } from "#sites/kit";
import { endedView, endingStatus, goneView, type SignInEnding } from "./ended.view.ts";
import { addressOf, here, idOf, type Step } from "./paths.ts";

/** What every page of a sign-in shows, whatever its step. */
export interface SignInPageView extends SignInView {
  readonly asks: AskingPortal;
}

export type SignInRefusal = Gone | OutOfStep | CardOnly | CodeRefusal | SignInEnding;

export type SignInJourney = Journey<Step, SignInPageView, SignInRefusal>;

/** What the pages of a sign-in are made with. */
export interface SignInSite {
  readonly kit: Kit;
  readonly signIn: SignIn;
  readonly journey: SignInJourney;
}

export function createSignInSite(kit: Kit, signIn: SignIn): SignInSite {
  const journey = createJourney<Step, SignInPageView, SignInRefusal>(kit, {
    load: (c, scene, step) => load(signIn, idOf(c), scene, step),
    address: here,
    placeOf: (_c, { id, step, returnTo }) => (step === "finished" ? returnTo : addressOf(id, step)),
    gone: "sign-in.gone",
    missing: (c) => gone(kit, c),
    refused: (c, scene, refusal) => refused({ kit, signIn }, c, scene, refusal),
  });
  return { kit, signIn, journey };
}

async function load(signIn: SignIn, id: string, { visitor, language }: Scene, step?: Step) {
  const found = await signIn.view(id, visitor, step);
  return found.ok ? { ...found, view: { ...found.view, asks: askingPortal(found.view, language) } } : found;
}

function askingPortal({ portal }: SignInView, language: Language): AskingPortal {
  const { homeUrl, isOurselves, redirectOrigins } = portal;
  return { name: inLanguage(portal.name, language), homeUrl, isOurselves, redirectOrigins };
}

/** Gone is a page, and so is an end; out of step (back button, double click, second window) leads to where the sign-in stands. */
function refused(site: Pick<SignInSite, "kit" | "signIn">, c: Context, scene: Scene, refusal: SignInRefusal) {
  if (refusal === "sign-in.gone") return gone(site.kit, c);
  return isOneOf(endingStatus, refusal) ? ended(site, c, scene, refusal) : seeOther(c, here(c, "start"));
}

function gone(kit: Kit, c: Context): Response {
  const reference = kit.note({ refusal: "sign-in.gone" });
  return kit.show(c, (words) => goneView(words, { reference }), { status: 410, path: here(c, "start") });
}

async function ended(
  { kit, signIn }: Pick<SignInSite, "kit" | "signIn">,
  c: Context,
  scene: Scene,
  refusal: SignInEnding,
): Promise<Response> {
  const found = await load(signIn, idOf(c), scene);
  const asks = found.ok ? found.view.asks : null;
  const reference = kit.note({ refusal });
  const options = { status: endingStatus[refusal], path: here(c, "start") };
  return kit.show(c, (words) => endedView(words, { refusal, asks, reference }), options);
}

/** A temporary PIN opens no session: first it is replaced. */
export function proven({ kit }: SignInSite, c: Context, signedIn: string | null): Response {
  if (signedIn === null) return seeOther(c, here(c, "new-pin"));
  kit.rememberSignedIn(c, signedIn);
  return seeOther(c, here(c, "consent"));
}
