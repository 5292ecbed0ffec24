/** In which language to speak: what was just asked, else what this browser chose before, else what it prefers, else the first of ours. */
import type { Context } from "hono";
import { isLanguage, languages, type Language } from "#core/vocabulary";
import { remembering } from "#platform/remembering";
import { cookiesOf, giveCookie } from "./cookies.ts";
import { isSecure, type SiteSettings } from "./settings.ts";

const yearAndMonth = 395 * 24 * 3600;

/** The form's `lang` field is read once; the rest of the request must hear of it too. */
const decided = new WeakMap<Request, Language>();

export function languageOf(c: Context, settings: SiteSettings, field?: string): Language {
  const before = isLanguage(field) ? undefined : decided.get(c.req.raw);
  const language = before ?? decide(c, settings, field);
  decided.set(c.req.raw, language);
  return language;
}

function decide(c: Context, settings: SiteSettings, field: string | undefined): Language {
  const asked = isLanguage(field) ? field : c.req.query("lang");
  const remembered = cookiesOf(c)["lang"];
  if (isLanguage(asked)) {
    if (asked !== remembered) {
      giveCookie(c, "lang", asked, {
        path: "/",
        httpOnly: true,
        sameSite: "Lax",
        secure: isSecure(settings),
        maxAge: yearAndMonth,
      });
    }
    return asked;
  }
  return isLanguage(remembered) ? remembered : preferredBy(c.req.header("Accept-Language") ?? "");
}

/** Browsers say the same few things; what is long is said by none, and not kept. */
const usual = remembering(preferred);
const preferredBy = (header: string): Language => (header.length < 100 ? usual(header) : preferred(header));

/** RFC 9110 12.5.4, as far as languages of two letters need it. */
export function preferred(header: string): Language {
  const wishes = header.split(",", 20).map((part) => {
    const [range = "", ...parameters] = part.trim().toLowerCase().split(";");
    const quality = parameters.find((parameter) => parameter.trim().startsWith("q="));
    return { language: range.slice(0, 2), quality: quality ? Number(quality.trim().slice(2)) || 0 : 1 };
  });
  const best = wishes
    .filter(({ language, quality }) => isLanguage(language) && quality > 0)
    .sort((a, b) => b.quality - a.quality)[0];
  return isLanguage(best?.language) ? best.language : languages[0];
}
