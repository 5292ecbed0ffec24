/** The few pages this door may have to show itself. `app` hands in the house's own views; these are what is shown without. */
import type { Language } from "#core/vocabulary";
export type Problem = "request" | "expired" | "fault";

export interface LogoutForm {
  /** Where the form is posted, with one hidden field `ticket`. */
  readonly action: string;
  readonly ticket: string;
}

export interface Pages {
  /** Never shows anything of the request itself. */
  renderError(problem: Problem, language: Language): string;
  renderLogout(form: LogoutForm, language: Language): string;
}

export const statusOf: Readonly<Record<Problem, 400 | 500>> = { request: 400, expired: 400, fault: 500 };

/** `formTargets`: where a posted form may lead; browsers hold the whole chain of redirects to it. */
export function pageHeaders(formTargets: readonly string[] = []): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ["form-action 'self'", ...formTargets].join(" "),
  ];
  return {
    "Content-Security-Policy": policy.join("; "),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
  };
}

const problemWords: Readonly<Record<Problem, Readonly<Record<Language, readonly [title: string, text: string]>>>> = {
  request: {
    pt: [
      "Este pedido não está correto",
      "O portal de onde vem enviou um pedido que não podemos aceitar. Volte ao portal e tente de novo.",
    ],
    en: [
      "This request is not right",
      "The portal you come from sent a request that we cannot accept. Go back to the portal and try again.",
    ],
  },
  expired: {
    pt: ["Este pedido já terminou", "Passou demasiado tempo, ou o pedido já teve resposta. Volte ao portal e comece de novo."],
    en: [
      "This request is over",
      "Too much time has passed, or the request has been answered. Go back to the portal and start again.",
    ],
  },
  fault: {
    pt: ["Não foi possível continuar", "Tivemos uma falha. Volte ao portal e tente de novo dentro de alguns minutos."],
    en: ["We could not go on", "Something failed on our side. Go back to the portal and try again in a few minutes."],
  },
};

const logoutWords: Readonly<Record<Language, readonly [title: string, text: string, button: string]>> = {
  pt: ["Terminar a sessão?", "A sua sessão neste navegador termina em todos os portais.", "Terminar sessão"],
  en: ["Sign out?", "Your session in this browser ends for every portal.", "Sign out"],
};

export const plainPages: Pages = {
  renderError(problem, language) {
    const [title, text] = problemWords[problem][language];
    return page(language, title, `oidc-error" data-refusal="request.${problem}`, `<p>${text}</p>`);
  },
  /** The ticket is base64url and the action a path of ours: nothing to escape. */
  renderLogout({ action, ticket }, language) {
    const [title, text, button] = logoutWords[language];
    const form = `<form method="post" action="${action}"><input type="hidden" name="ticket" value="${ticket}"><button>${button}</button></form>`;
    return page(language, title, "logout", `<p>${text}</p>${form}`);
  },
};

function page(language: Language, title: string, name: string, body: string): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head><body><main data-page="${name}"><h1>${title}</h1>${body}</main></body></html>`;
}
