/** The page for when there are more people than can be served: made beforehand, for refusing must cost nearly nothing. */
import type { IncomingHttpHeaders } from "node:http";
import { inEachLanguage, isLanguage, type Language } from "#core/vocabulary";
import type { Words } from "#words";
import { pageHeaders } from "./headers.ts";
import { html } from "./html.ts";
import { renderPage } from "./kit.ts";
import { preferred } from "./language.ts";
import type { Page } from "./layout.ts";
import { places } from "./places.ts";
import type { SiteSettings } from "./settings.ts";

export interface ReadyPage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export function busyView({ errors: { busy }, actions }: Words): Page {
  return {
    name: "error",
    heading: busy.title,
    refusal: "service.busy",
    sign: "stop",
    body: html`<p class="lead">${busy.text}</p>
<p><a class="button" href="${places.home}">${actions.home}</a></p>`,
  };
}

/** Seconds to come back after, told in turn: those who were refused together do not come back together. */
const waits = [8, 5, 13, 10, 7, 15, 12, 9, 6, 14, 11] as const;

export function createBusyPage(settings: SiteSettings): (headers: IncomingHttpHeaders) => ReadyPage {
  const common = { ...pageHeaders(settings), Vary: "Cookie, Accept-Language" };
  const made = (language: Language) => {
    const body = Buffer.from(renderPage(settings, language, busyView));
    const length = { "Content-Length": String(body.length), "Content-Language": language };
    return waits.map((wait): ReadyPage => ({ headers: { ...common, ...length, "Retry-After": String(wait) }, body }));
  };
  const pages = inEachLanguage(made);
  let turn = 0;
  return (headers) => {
    const ready = pages[languageOf(headers)];
    turn = (turn + 1) % ready.length;
    return ready[turn] ?? { headers: common, body: Buffer.alloc(0) };
  };
}

function languageOf({ cookie = "", "accept-language": wished = "" }: IncomingHttpHeaders): Language {
  const chosen = /(?:^|; )lang=(\w\w)/.exec(cookie)?.[1];
  return isLanguage(chosen) ? chosen : preferred(wished);
}
