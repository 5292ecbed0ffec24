/** The few pages that a protocol shows by itself, in the house's own look; `app` hands them to it. */
import { html, places, renderPage, type Page, type SiteSettings } from "#sites/kit";
import type { Language } from "#core/vocabulary";
import type { Words } from "#words";

export type PortalProblem = keyof Words["portalRequest"];

export function portalProblemView(words: Words, { problem }: { problem: PortalProblem }): Page {
  const { title, text } = words.portalRequest[problem];
  return {
    name: "oidc-error",
    heading: title,
    refusal: `request.${problem}`,
    sign: "stop",
    body: html`<p class="lead">${text}</p>
<p><a class="button" href="${places.home}">${words.actions.home}</a></p>`,
  };
}

export interface SignOutForm {
  readonly action: string;
  readonly ticket: string;
}

export function signOutView({ signOut }: Words, { action, ticket }: SignOutForm): Page {
  return {
    name: "logout",
    heading: signOut.title,
    body: html`<p class="lead">${signOut.text}</p>
<form method="post" action="${action}"><input type="hidden" name="ticket" value="${ticket}"><button type="submit" class="button">${signOut.action}</button></form>
<p class="way-out"><a href="${places.home}">${signOut.stay}</a></p>`,
  };
}

export function createProtocolPages(settings: SiteSettings) {
  return {
    renderError: (problem: PortalProblem, language: Language) =>
      renderPage(settings, language, (words) => portalProblemView(words, { problem })),
    renderLogout: (form: SignOutForm, language: Language) =>
      renderPage(settings, language, (words) => signOutView(words, form)),
  };
}
