/** The layout of every page of the sandbox: plain, without script, and never to be mistaken for the real thing. */
import { html, raw } from "hono/html";
import type { Language } from "./portal-page.ts";

type Html = ReturnType<typeof html>;

export interface SandboxPage {
  readonly title: string;
  /** English where nothing is said. */
  readonly language?: Language;
  readonly body: Html;
  /** For a page somebody keeps an eye on: loads itself again. */
  readonly refreshSeconds?: number;
  /** Shown in a frame of another page: leads nowhere else. */
  readonly framed?: boolean;
  /** Where one may go from here, as [label, path]; the hub's front page is always among them. */
  readonly links?: readonly (readonly [label: string, path: string])[];
}

/** A whole HTML document. */
export function sandboxPage(page: SandboxPage): Html {
  const links = [["Sandbox", "/"] as const, ...(page.links ?? [])];
  return html`<!doctype html>
    <html lang="${page.language ?? "en"}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        ${page.refreshSeconds === undefined ? "" : html`<meta http-equiv="refresh" content="${page.refreshSeconds}" />`}
        <title>${page.title} - Chave sandbox</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <p class="band"><strong>SANDBOX</strong> <span>${BAND[page.language ?? "en"]}</span></p>
        ${page.framed === true ? "" : html`<nav aria-label="Sandbox">${links.map(([label, path]) => html`<a href="${path}">${label}</a> `)}</nav>`}
        <main>
          <h1>${page.title}</h1>
          ${page.body}
        </main>
      </body>
    </html>`;
}

/** A moment as the page's reader would say it, in the country's time. */
export function sandboxMoment(at: string | Date): Html {
  const moment = new Date(at);
  return html`<time datetime="${moment.toISOString()}">${MOMENT.format(moment)}</time>`;
}

const MOMENT = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Lisbon", dateStyle: "long", timeStyle: "medium" });

const BAND = { pt: "pessoas inventadas, nada aqui é real", en: "invented people, nothing here is real" } as const;

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --quiet: #57606a; --line: #d0d7de; --sheet: #f3f5f7; --link: #0b4f9e; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --paper: #14171a; --quiet: #a6adb5; --line: #3a4148; --sheet: #1f2428; --link: #9ac4ff; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.125rem/1.5 "Noto Sans", system-ui, sans-serif; overflow-wrap: anywhere; }
.band { margin: 0; padding: .5rem 1rem; color: #1b1f24; background: repeating-linear-gradient(135deg, #ffd84d 0 1rem, #ffc400 1rem 2rem); border-bottom: .125rem solid #1b1f24; }
nav { padding: .25rem 1rem; border-bottom: 1px solid var(--line); }
nav a { display: inline-block; padding: .5rem 1rem .5rem 0; min-height: 2.75rem; }
main { max-width: 44rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 1rem 0; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
li > :is(h2, h3):first-child { margin-top: 0; }
a { color: var(--link); }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
button, input, select { font: inherit; min-height: 2.75rem; max-width: 100%; padding: .5rem 1rem; color: inherit; background: var(--paper); border: 2px solid var(--ink); border-radius: .25rem; }
button { font-weight: 700; background: var(--ink); color: var(--paper); cursor: pointer; }
[hidden] { display: none !important; }
p:has(> button + button), form:has(> button + button) { display: flex; flex-wrap: wrap; gap: .5rem; }
:is(input, h2, p) + button, p + form { margin-top: .5rem; }
button.other { background: transparent; color: var(--ink); }
label { display: block; margin-top: 1rem; font-weight: 700; }
ul.cards, ol.cards { list-style: none; padding: 0; display: grid; gap: 1rem; }
ul.cards > li, ol.cards > li { padding: 1rem; background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; }
.quiet { color: var(--quiet); margin: 0; font-size: 1rem; }
.text { white-space: pre-wrap; margin: .25rem 0; }
.phone { max-width: 24rem; margin: 0 auto; padding: 1rem; border: .5rem solid var(--ink); border-radius: 2rem; min-height: 28rem; }
.phone .text { background: var(--sheet); border-radius: .25rem 1rem 1rem 1rem; padding: .5rem 1rem; border: 1px solid var(--line); }
dl { display: grid; grid-template-columns: minmax(6rem, auto) 1fr; gap: .25rem 1rem; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; } dd + dt { margin-top: .5rem; } }
dt { font-weight: 700; }
dd { margin: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
@media (forced-colors: active) { .band { border: 2px solid; } }
`;
