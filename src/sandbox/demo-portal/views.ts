/** The municipal portal's pages. */
import { html } from "hono/html";
import { facts, portalPage, withLanguage, type Html, type Language, type Site } from "../kit/portal-page.ts";
import type { SignedIn } from "../kit/relying-party.ts";
import { words } from "./words.ts";

const site: Site = { name: { pt: words.pt.site, en: words.en.site }, colour: "#5b2a86" };

export function portalHomeView(language: Language): Html {
  const say = words[language];
  const body = html`<p>${say.homeText}</p>
    <form method="post" action="${withLanguage("/sign-in", language)}"><button class="button">${say.signIn}</button></form>
    <h2>${say.highTitle}</h2>
    <p>${say.highText}</p>
    <p><a class="button quiet" href="${withLanguage("/sign-in?level=4", language)}">${say.high}</a></p>`;
  return portalPage(site, { language, page: "portal-home", title: say.home, body });
}

export function portalSignedInView(language: Language, { claims, level, subject }: SignedIn): Html {
  const say = words[language];
  const name = typeof claims["name"] === "string" ? claims["name"] : null;
  const body = html`${name === null ? "" : html`<p>${say.hello}, <strong>${name}</strong>.</p>`}
    <h2>${say.received}</h2>
    <p>${say.receivedText}</p>
    ${facts(attributeRows(language, claims))}
    <div class="panel">
      ${facts([
        [say.level, level],
        [say.subject, subject],
      ])}
    </div>
    <form method="post" action="${withLanguage("/sign-out", language)}">
      <button class="button quiet">${say.signOut}</button>
    </form>`;
  return portalPage(site, { language, page: "portal-signed-in", title: say.signedIn, body });
}

function attributeRows(language: Language, claims: SignedIn["claims"]): readonly (readonly [string, string])[] {
  const labels: Readonly<Record<string, string>> = words[language].attributes;
  return Object.entries(claims)
    .filter(([claim]) => claim !== "sub")
    .map(([claim, value]) => [labels[claim] ?? claim, typeof value === "string" ? value : JSON.stringify(value)] as const);
}

/** Kindly, and never with what the answer said in its own words: that text came through the browser. */
export function portalRefusedView(language: Language, error: string): Html {
  const say = words[language];
  const reason = error === "access_denied" || error === "unreachable" || error === "level_missed" ? say[error] : say.failed;
  const body = html`<p>${reason}</p>
    <form method="post" action="${withLanguage("/sign-in", language)}"><button class="button">${say.again}</button></form>
    <p><a href="${withLanguage("/", language)}">${say.site}</a></p>`;
  return portalPage(site, { language, page: "portal-refused", refusal: error, title: say.refused, body, here: "/" });
}
