/** The layout of the sandbox's portals: they speak Portuguese and English to people, and are no part of the product's own face. */
import type { Context } from "hono";
import { html, raw } from "hono/html";

export type Html = ReturnType<typeof html>;
export type Language = "pt" | "en";
export type Bilingual = Readonly<Record<Language, string>>;

export interface Site {
  readonly name: Bilingual;
  /** Of the header, dark enough for white text. */
  readonly colour: string;
}

export interface PortalPage {
  readonly language: Language;
  /** Told to machines as `data-page`. */
  readonly page: string;
  readonly title: string;
  /** The form came back with a mistake: the document's title says so first. */
  readonly mistaken?: boolean;
  readonly body: Html;
  /** Told to machines as `data-refusal`. */
  readonly refusal?: string;
  /** Where the same page is read again, when that is not the address it came from (the answer to a form). */
  readonly here?: string;
}

/** `?lang=`, or what the browser prefers. */
export function languageOf(c: Context): Language {
  const asked = c.req.query("lang") ?? (/^en\b/i.test(c.req.header("accept-language") ?? "") ? "en" : "pt");
  return asked === "en" ? "en" : "pt";
}

/** Keeps the language through links and forms without a cookie. */
export function withLanguage(path: string, language: Language): string {
  return `${path}${path.includes("?") ? "&" : "?"}lang=${language}`;
}

export function portalPage(
  site: Site,
  { language, page, title, mistaken = false, body, refusal, here = "" }: PortalPage,
): Html {
  const other = language === "pt" ? "en" : "pt";
  return html`<!doctype html>
    <html lang="${language === "pt" ? "pt-PT" : "en"}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${mistaken ? `${ERROR[language]} ` : ""}${title} - ${site.name[language]}</title>
        <style>
          ${raw(STYLE)} header {
            background: ${site.colour};
          }
          .button {
            background: ${site.colour};
          }
        </style>
      </head>
      <body>
        <p class="band"><strong>SANDBOX</strong> ${BAND[language]}</p>
        <header>
          <a href="${withLanguage("/", language)}">${site.name[language]}</a>
          <a href="${withLanguage(here, other)}" lang="${other}" hreflang="${other}"
            >${other === "en" ? "English" : "Português"}</a
          >
        </header>
        <main data-page="${page}" ${refusal === undefined ? "" : html`data-refusal="${refusal}"`}>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;
}

/** Label, hint and error above a field, the error named to assistive technology. */
export function field(options: {
  name: string;
  label: string;
  type: string;
  autocomplete: string;
  inputmode?: string;
  value?: string;
  invalid?: boolean;
}): Html {
  const { name, label, type, autocomplete, inputmode = "text", value = "", invalid = false } = options;
  return html`<label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      value="${value}"
      autocomplete="${autocomplete}"
      inputmode="${inputmode}"
      required
      ${invalid ? html`aria-invalid="true" aria-describedby="error"` : ""}
    />`;
}

export function errorSummary(language: Language, text: string): Html {
  return html`<div id="error" class="error" role="alert"><strong>${ERROR[language]}</strong> ${text}</div>`;
}

export function facts(rows: readonly (readonly [label: string, value: string])[]): Html {
  return html`<dl>
    ${rows.map(
      ([label, value]) =>
        html`<dt>${label}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

/** No `form-action`: Chromium would apply it to the redirect that follows the form, back to the portal that asked. */
export const portalHeaders = {
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
} as const;

export async function sendPortalHeaders(c: Context, next: () => Promise<void>): Promise<void> {
  await next();
  for (const [name, value] of Object.entries(portalHeaders)) c.header(name, value);
}

const ERROR: Bilingual = { pt: "Erro:", en: "Error:" };

const BAND: Bilingual = {
  pt: "um portal inventado, nada aqui é verdadeiro",
  en: "an invented portal, nothing here is real",
};

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #8a929a; --sheet: #f3f5f7; --link: #0b4f9e; --bad: #a01515; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --paper: #14171a; --line: #8a929a; --sheet: #1f2428; --link: #9ac4ff; --bad: #ff9d9d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.125rem/1.5 "Noto Sans", system-ui, sans-serif; overflow-wrap: anywhere; }
.band { margin: 0; padding: .5rem 1rem; color: #1b1f24; background: repeating-linear-gradient(135deg, #ffd84d 0 1rem, #ffc400 1rem 2rem); }
header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .5rem 1rem; padding: .5rem 1rem; }
header a { color: #fff; font-weight: 700; display: inline-block; padding: .5rem 0; min-height: 2.75rem; }
main { max-width: 40rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 1rem 0; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
a { color: var(--link); }
label { display: block; margin-top: 1rem; font-weight: 700; }
input { display: block; font: inherit; width: 100%; max-width: 20rem; min-height: 2.75rem; padding: .5rem; color: inherit; background: var(--paper); border: 2px solid var(--line); border-radius: .25rem; }
.button { display: inline-block; font: inherit; font-weight: 700; min-height: 2.75rem; margin: 1.5rem 0 0; padding: .5rem 1.5rem; text-align: center; color: #fff; border: 2px solid transparent; border-radius: .25rem; text-decoration: none; cursor: pointer; }
.button + .button { margin-left: 1rem; }
.button.quiet { background: none; color: inherit; border-color: currentcolor; }
a:focus-visible, button:focus-visible, input:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.error { border: 2px solid var(--bad); padding: 1rem; margin: 1rem 0; }
.panel { background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: 1rem 0; }
.tabs { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; list-style: none; border-bottom: 2px solid var(--line); }
.tabs a { display: inline-block; padding: .5rem 1rem; min-height: 2.75rem; }
.tabs a[aria-current] { font-weight: 700; border-bottom: .25rem solid; text-decoration: none; color: inherit; }
dl { display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: .5rem 1rem; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
.panel dl { margin: 0; }
dt { font-weight: 700; }
dd { margin: 0; }
@media (forced-colors: active) { .band, .button { border: 2px solid; } }
`;
