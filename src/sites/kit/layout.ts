/** What every page has around it: mark, name, language, band of the sandbox, who asks, footer. */
import { remembering } from "#platform/remembering";
import { languages, type Language } from "#core/vocabulary";
import { wordsIn, type Words } from "#words";
import { assetUrls } from "./assets.ts";
import { html, type Html } from "./html.ts";
import { icons, mark } from "./icons.ts";
import { places } from "./places.ts";
import { virtualReaderOf, type SiteSettings } from "./settings.ts";

/** A page as a view makes it: what it says. The layout says the rest. */
export interface Page {
  /** `data-page`, by which a client knows the page without reading sentences. */
  readonly name: string;
  readonly heading: string;
  /** Above the heading: where in the journey this is. */
  readonly step?: string;
  /** The error summary: before everything else, so that it is met first. */
  readonly summary?: Html | null;
  readonly body: Html;
  /** `data-refusal`. */
  readonly refusal?: string;
  /** The page shows something to be corrected: its title says so first. */
  readonly mistaken?: boolean;
  readonly asks?: AskingPortal;
  readonly width?: "question" | "text" | "wide";
  /** The page has something that the one script helps with: a PIN to be looked at, a form that must be sent once. Others get none, and may run none. */
  readonly scripted?: boolean;
  /** The page speaks with a card reader: the other script. */
  readonly readsCard?: boolean;
  /** Somebody is signed in and sees what is theirs: the header lets them sign out. */
  readonly signedIn?: { readonly csrf: string };
  /** Picture above the heading of a page that ends something. */
  readonly sign?: "stop" | "check";
}

export interface AskingPortal {
  readonly name: string;
  readonly homeUrl: string;
  /** The house itself asks: turning back leads home, and no consent follows. */
  readonly isOurselves: boolean;
  readonly returnOrigins: readonly string[];
}

export interface Frame {
  readonly words: Words;
  readonly language: Language;
  readonly settings: SiteSettings;
  /** Where this page can be had again by GET, for the language switch. */
  readonly path: string;
}

export function layout(frame: Frame, page: Page): Html {
  const { words, language } = frame;
  // The dash as an entity: one sign beyond Latin-1 would make the whole page a string of twice the size.
  const title = html`${page.mistaken && `${words.errors.title}: `}${page.heading} &ndash; ${words.site.name}`;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="preload" href="${assetUrls.font}" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${assetUrls.style}">
<link rel="icon" href="${assetUrls.icon}" type="image/svg+xml">
${page.scripted && html`<script src="${assetUrls.script}" type="module"></script>`}
${page.readsCard && html`<script src="${assetUrls.cardScript}" type="module"></script>`}
${page.readsCard && virtualReader(frame)}
</head>
<body>
<a class="skip" href="#main">${words.site.skip}</a>
${header(frame, page)}
<main id="main" tabindex="-1" class="${page.width ?? "question"}" data-page="${page.name}"${page.refusal && html` data-refusal="${page.refusal}"`}>
${page.asks && whoAsks(words, page.asks)}
${page.summary}
${page.sign && html`<p class="sign sign-${page.sign}">${icons[page.sign]}</p>`}
${page.step && html`<p class="step">${page.step}</p>`}
<h1>${page.heading}</h1>
${page.body}
</main>
${footer(frame)}
</body>
</html>`;
}

/** Stands for the extension of a browser. Not a module: it tells by its own address where the reader is. */
function virtualReader({ settings }: Frame): Html | null {
  const origin = virtualReaderOf(settings);
  return origin === null ? null : html`<script src="${origin}/card-reader/bridge.js" defer></script>`;
}

function header({ words, language, path, settings }: Frame, { signedIn }: Page): Html {
  const others = languages.filter((one) => one !== language);
  return html`<header class="header">${settings.sandbox && html`<p class="sandbox">${words.site.sandbox}</p>`}<div class="bar">
<a class="brand" href="${places.home}">${mark}<span class="brand-name">${words.site.name}</span><span class="brand-service">${words.site.service}</span></a>
<div class="aside">${signedIn && signOut(words, signedIn)}<nav aria-label="${words.site.languageSwitch}">${others.map((other) => switchTo(other, path))}</nav></div>
</div></header>`;
}

/** Each language is named in itself: whoever needs it can read it. */
function switchTo(language: Language, path: string): Html {
  return html`<a class="language" href="${path}?lang=${language}" lang="${language}" hreflang="${language}">${wordsIn[language].site.language}</a>`;
}

function signOut({ actions }: Words, { csrf }: { csrf: string }): Html {
  return html`<form method="post" action="${places.signOut}"><input type="hidden" name="csrf" value="${csrf}"><button type="submit" class="sign-out">${actions.signOut}</button></form>`;
}

function whoAsks(words: Words, { name, homeUrl }: AskingPortal): Html {
  return html`<section class="asks" aria-label="${words.site.asks}">${icons.portal}<p><span class="asks-label">${words.site.asks}</span>
<strong>${name}</strong> <span class="asks-address">${hostOf(homeUrl)}</span></p></section>`;
}

/** Each is named as it names itself. */
const footerPages = ["help", "accessibility", "privacy", "terms"] as const;

/** The same on every page of one house in one language, and every sign-in shows several: made once. */
const footers = new WeakMap<SiteSettings, Map<Language, Html>>();

function footer(frame: Frame): Html {
  const { settings, language } = frame;
  const made = footers.get(settings) ?? new Map<Language, Html>();
  const own = made.get(language) ?? makeFooter(frame);
  footers.set(settings, made.set(language, own));
  return own;
}

function makeFooter({ words, settings }: Frame): Html {
  return html`<footer class="footer"><div class="bar">
<nav aria-label="${words.site.footerLabel}"><ul>
${footerPages.map((name) => html`<li><a href="${places[name]}">${words[name].title}</a></li>`)}
${settings.contact && html`<li><a href="${places.help}#contact">${words.site.contact}</a></li>`}
</ul></nav>
<p>${words.site.runBy(settings.installationName)}</p>
</div></footer>`;
}

const hostOf = remembering((url) => (URL.canParse(url) ? new URL(url).host : url));
