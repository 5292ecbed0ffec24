/** A person with a plain HTTP client: keeps cookies, follows redirects, fills in the forms it was shown, and runs no script. */
import { first } from "../world/patience.ts";
import { parseHTML } from "./forms.ts";
import type { Form } from "./forms.ts";

export interface Page {
  readonly url: string;
  readonly status: number;
  readonly text: string;
  /** `data-page` of its <main>. */
  readonly name: string | null;
  readonly refusal: string | null;
  readonly forms: readonly Form[];
}

export interface Visitor {
  readonly page: Page;
  go(url: string): Promise<Page>;
  /** Submits the form that has these fields, its hidden ones included, as a browser would. */
  submit(fields: Readonly<Record<string, string | readonly string[]>>): Promise<Page>;
  /** The request that `submit` would make, for those who send it twice or at another time. */
  prepare(fields: Readonly<Record<string, string | readonly string[]>>): () => Promise<Page>;
  cookie(name: string): string | undefined;
}

const mostRedirects = 20;

export function createVisitor(language = "pt"): Visitor {
  const jar = new Map<string, Map<string, { value: string; path: string }>>();
  let page: Page = { url: "about:blank", status: 0, text: "", name: null, refusal: null, forms: [] };

  const jarOf = (url: URL) => {
    const known = jar.get(url.hostname + url.port) ?? new Map<string, { value: string; path: string }>();
    // Cookies know no ports (RFC 6265 8.5), but the sandbox's portals share our host name: kept apart by their paths and names.
    jar.set(url.hostname + url.port, known);
    return known;
  };

  function cookiesFor(url: URL): string {
    const fitting = [...jarOf(url)].filter(([, { path }]) => url.pathname.startsWith(path));
    return fitting.map(([key, { value }]) => `${nameIn(key)}=${value}`).join("; ");
  }

  function keepCookies(url: URL, response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
      const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
      const path = attributes.find((part) => /^path=/i.test(part))?.slice(5) ?? "/";
      const gone = attributes.some((part) => /^max-age=0$/i.test(part) || /^expires=Thu, 01 Jan 1970/i.test(part));
      // Cookies of one name and other paths are others (RFC 6265 5.3): each sign-in under way has one of its own.
      const key = `${name};${path}`;
      if (gone || value === "") jarOf(url).delete(key);
      else jarOf(url).set(key, { value, path });
    }
  }

  async function request(start: string, init: RequestInit): Promise<Page> {
    let [url, how] = [new URL(start), init];
    for (let hop = 0; hop < mostRedirects; hop++) {
      const headers = { ...(how.headers as Record<string, string>), cookie: cookiesFor(url), "accept-language": language };
      const response = await askPatiently(() => fetch(url, { ...how, headers, redirect: "manual" }));
      keepCookies(url, response);
      const location = response.headers.get("location");
      if (response.status < 300 || response.status > 399 || location === null) return readPage(url.href, response);
      await response.body?.cancel();
      url = new URL(location, url);
      how = { method: "GET", headers: {} };
    }
    throw new Error(`more than ${String(mostRedirects)} redirects from ${start}`);
  }

  function prepare(fields: Readonly<Record<string, string | readonly string[]>>): () => Promise<Page> {
    const wanted = Object.keys(fields);
    const form = page.forms.find((one) => one.method === "post" && wanted.every((name) => one.names.has(name)));
    if (!form)
      throw new Error(
        `${page.url} (${page.name ?? "no name"}) has no form with ${wanted.join(", ")}:\n${page.text.slice(0, 2000)}`,
      );
    const body = new URLSearchParams();
    for (const [name, value] of form.given) if (!wanted.includes(name)) body.append(name, value);
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
    const address = new URL(form.action, page.url).href;
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return () => request(address, { method: "POST", body: body.toString(), headers });
  }

  return {
    get page() {
      return page;
    },
    async go(url) {
      return (page = await request(url, { method: "GET", headers: {} }));
    },
    async submit(fields) {
      return (page = await prepare(fields)());
    },
    prepare,
    cookie: (name) =>
      [...jar.values()].flatMap((cookies) => [...cookies]).findLast(([known]) => nameIn(known) === name)?.[1].value,
  };
}

const nameIn = (key: string): string => key.slice(0, key.indexOf(";"));

/** Told that too many came at once, a visitor asks again, as the page says; nothing was kept or counted, so no story changes. */
async function askPatiently(ask: () => Promise<Response>): Promise<Response> {
  return first("an answer that is not 'too many'", async () => {
    const response = await ask();
    const isBusy = response.status === 503 && (await response.clone().text()).includes('data-refusal="service.busy"');
    return isBusy ? undefined : response;
  });
}

async function readPage(url: string, response: Response): Promise<Page> {
  const text = await response.text();
  return { url, status: response.status, text, ...parseHTML(text) };
}
