/** The tax authority's pages. */
import { html } from "hono/html";
import {
  errorSummary,
  facts,
  field,
  portalPage,
  withLanguage,
  type Html,
  type Language,
  type Site,
} from "../kit/portal-page.ts";
import { words } from "./words.ts";

const site: Site = { name: { pt: words.pt.site, en: words.en.site }, colour: "#14532d" };

function credentials(language: Language, invalid: boolean, taxNumber: string): Html {
  const say = words[language];
  return html`${invalid ? errorSummary(language, say.wrong) : ""}
  ${field({ name: "tax_number", label: say.taxNumber, type: "text", autocomplete: "username", inputmode: "numeric", value: taxNumber, invalid })}
  ${field({ name: "password", label: say.password, type: "password", autocomplete: "current-password", invalid })}`;
}

export interface CredentialsForm {
  readonly language: Language;
  readonly invalid: boolean;
  readonly taxNumber: string;
}

/** Sign-in for somebody else's request (activation of the key). */
export function authoritySignInView(uid: string, { language, invalid, taxNumber }: CredentialsForm): Html {
  const say = words[language];
  const body = html`<p>${say.signInText}</p>
    <form method="post" action="${withLanguage(`/interaction/${uid}/sign-in`, language)}">
      ${credentials(language, invalid, taxNumber)}
      <button class="button">${say.start}</button>
    </form>`;
  return portalPage(site, {
    language,
    page: "authority-sign-in",
    title: say.signInTitle,
    mistaken: invalid,
    body,
    here: `/interaction/${uid}`,
  });
}

export function authorityConsentView(
  uid: string,
  language: Language,
  person: { readonly taxNumber: string; readonly name: string },
): Html {
  const say = words[language];
  const body = html`<p>${say.consentText}</p>
    <div class="panel">
      ${facts([
        [say.taxNumber, person.taxNumber],
        [say.name, person.name],
      ])}
    </div>
    <form method="post" action="${withLanguage(`/interaction/${uid}/consent`, language)}">
      <button class="button" name="decision" value="authorise">${say.authorise}</button>
      <button class="button quiet" name="decision" value="refuse">${say.refuse}</button>
    </form>`;
  return portalPage(site, { language, page: "authority-consent", title: say.consentTitle, body });
}

export function authorityExpiredView(language: Language): Html {
  const say = words[language];
  return portalPage(site, {
    language,
    page: "authority-expired",
    refusal: "request.expired",
    title: say.refused,
    body: html`<p>${say.expired}</p>`,
  });
}

export function taxHomeView(language: Language): Html {
  const say = words[language];
  const body = html`<p>${say.homeText}</p>
    <p><a class="button" href="${withLanguage("/start", language)}">${say.start}</a></p>`;
  return portalPage(site, { language, page: "tax-home", title: say.home, body });
}

export function taxStartView(tab: "password" | "gov", form: CredentialsForm): Html {
  const { language, invalid, taxNumber } = form;
  const say = words[language];
  const tabLink = (name: "password" | "gov", label: string) =>
    html`<li>
      <a href="${withLanguage(`/start?tab=${name}`, language)}" ${name === tab ? html`aria-current="page"` : ""}>${label}</a>
    </li>`;
  const forms = {
    password: html`<form method="post" action="${withLanguage("/start", language)}">
      ${credentials(language, invalid, taxNumber)}<button class="button">${say.start}</button>
    </form>`,
    gov: html`<form method="post" action="${withLanguage("/gov/sign-in", language)}">
      <p>${say.govText}</p>
      <button class="button">${say.govButton}</button>
    </form>`,
  };
  const body = html`<ul class="tabs">
      ${tabLink("password", say.tabPassword)}${tabLink("gov", say.tabGov)}
    </ul>
    ${forms[tab]}`;
  return portalPage(site, {
    language,
    page: "tax-start",
    title: say.start,
    mistaken: invalid,
    body,
    here: `/start?tab=${tab}`,
  });
}

export interface TaxVisit {
  readonly taxNumber: string;
  readonly name: string;
  readonly level: string | null;
  readonly isTaxpayer: boolean;
}

export function taxSignedInView(language: Language, visit: TaxVisit): Html {
  const say = words[language];
  const how = visit.level === null ? say.byPassword : `${say.byKey} ${visit.level}`;
  const body = html`<div class="panel">
      ${facts([
        [say.signedInAs, visit.name],
        [say.taxNumber, visit.taxNumber],
        [say.how, how],
      ])}
    </div>
    ${visit.isTaxpayer ? facts(figuresOf(visit.taxNumber, language)) : html`<p>${say.unknown}</p>`}
    <form method="post" action="${withLanguage("/sign-out", language)}">
      <button class="button quiet">${say.signOut}</button>
    </form>`;
  return portalPage(site, { language, page: "tax-signed-in", title: say.signedInTitle, body });
}

/** Invented from the digits of the number, so that a person meets the same figures each time. */
function figuresOf(taxNumber: string, language: Language): readonly (readonly [string, string])[] {
  const say = words[language];
  const euro = new Intl.NumberFormat(language === "pt" ? "pt-PT" : "en-GB", { style: "currency", currency: "EUR" });
  const income = 12_000 + (Number(taxNumber) % 9973) * 3;
  return [
    [say.income, euro.format(income)],
    [say.withheld, euro.format(income * 0.17)],
    [say.refund, euro.format(income * 0.013)],
  ];
}

const REASONS = { access_denied: "refusedText", unreachable: "troubleText" } as const;

export function taxRefusedView(language: Language, error: string): Html {
  const say = words[language];
  const reason = error === "access_denied" || error === "unreachable" ? REASONS[error] : "failedText";
  const body = html`<p>${say[reason]}</p>
    <p><a class="button" href="${withLanguage("/start?tab=gov", language)}">${say.again}</a></p>`;
  return portalPage(site, { language, page: "tax-refused", refusal: error, title: say.refused, body });
}
