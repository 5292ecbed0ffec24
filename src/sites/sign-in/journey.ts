/** Where each step of a sign-in is shown, and what becomes of one that is elsewhere, refused or gone. */
import type { Context } from "hono";
import type { SignIn, SignInStep, SignInView } from "#core/sign-in";
import { elsewhere, seeOther, type AskingPortal, type Journey, type Kit, type Scene } from "#sites/kit";
import { inLanguage, type Language } from "#core/vocabulary";
import { endedView, endingStatus, goneView, type SignInEnding } from "./ended.view.ts";

export type Step = Exclude<SignInStep, "finished">;

const pages: Journey<Step> = { identify: "/identify", code: "/code", "new-pin": "/new-pin", consent: "/consent" };

/** Every path of a sign-in; its name cannot be guessed (256 bits), so its shape is all that is checked here. */
export const path = (rest: string) => `/sign-in/:id{[A-Za-z0-9_-]{1,64}}${rest}`;
export const idOf = (c: Context) => c.req.param("id") ?? "";
export const urlOf = (c: Context, rest: string) => `/sign-in/${idOf(c)}${rest}`;

export type SignInJourney = ReturnType<typeof createSignInJourney>;

export function createSignInJourney(kit: Kit, signIn: SignIn) {
  const goTo = (c: Context, step: Step | null) => seeOther(c, urlOf(c, step === null ? "" : pages[step]));

  function gone(c: Context): Response {
    const reference = kit.note({ refusal: "sign-in.gone" });
    return kit.show(c, (words) => goneView(words, { reference }), { status: 410, path: urlOf(c, "") });
  }

  async function ended(c: Context, { visitor, language }: Scene, refusal: SignInEnding): Promise<Response> {
    const found = await signIn.view(idOf(c), visitor);
    const asks = found.ok ? askingPortal(found.view, language) : null;
    const reference = kit.note({ refusal });
    return kit.show(c, (words) => endedView(words, { refusal, asks, reference }), {
      status: endingStatus[refusal],
      path: urlOf(c, ""),
    });
  }

  /** Loads what the page needs, or leads to the page of the step this sign-in is at. */
  async function guarded(
    c: Context,
    step: Step,
    show: (scene: Scene, view: SignInView, asks: AskingPortal) => Response | Promise<Response>,
  ): Promise<Response> {
    const scene = await kit.scene(c);
    const found = await signIn.view(idOf(c), scene.visitor, step);
    if (!found.ok) return gone(c);
    const { view } = found;
    if (view.step === "finished") return seeOther(c, view.returnTo);
    const other = elsewhere(pages, view.step, pages[step]);
    return other === null ? show(scene, view, askingPortal(view, scene.language)) : goTo(c, view.step);
  }

  /** Gone is a page; out of step (back button, double click, second window) leads to where the sign-in stands. */
  const settle = (c: Context, refusal: "sign-in.gone" | "sign-in.out-of-step" | "sign-in.card-only") =>
    refusal === "sign-in.gone" ? gone(c) : goTo(c, null);

  /** A temporary PIN opens no session: first it is replaced. */
  function proven(c: Context, signedIn: string | null): Response {
    if (signedIn === null) return goTo(c, "new-pin");
    kit.rememberSignedIn(c, signedIn);
    return goTo(c, "consent");
  }

  return { goTo, gone, ended, guarded, settle, proven };
}

function askingPortal({ portal }: SignInView, language: Language): AskingPortal {
  const { homeUrl, isOurselves, redirectOrigins } = portal;
  return { name: inLanguage(portal.name, language), homeUrl, isOurselves, redirectOrigins };
}
