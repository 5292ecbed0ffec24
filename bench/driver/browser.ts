/** One person's browser: fresh cookies, follows redirects, and stops at the door of the portal it came from. */
import type { Pool } from "undici";
import { createJar } from "./jar.ts";

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly text: string;
}

export interface Browser {
  /** Follows redirects to a page, or to the portal's own address, which is not asked for (status 0). */
  go(url: string | URL): Promise<Page>;
  post(url: string | URL, fields: Readonly<Record<string, string>>): Promise<Page>;
  /** Submits the page's form as a browser would: its hidden fields and these. */
  submit(page: Page, fields: Readonly<Record<string, string>>): Promise<Page>;
  /** One exchange of JSON, no redirects followed: what a page with scripts does. */
  json(method: "GET" | "POST" | "PUT", path: string, body?: object): Promise<Page>;
}

export interface BrowserNeeds {
  /** Keep-alive connections to the only server this browser visits. */
  readonly pool: Pool;
  readonly origin: string;
  readonly redirectUri: string;
}

const mostRedirects = 20;

/** The server says that it has no room for one more just now: no mistake of anybody's. */
export class TurnedAway extends Error {}

interface Sending {
  readonly method: "GET" | "POST" | "PUT";
  readonly body?: string;
  readonly type?: string;
}

export function createBrowser({ pool, origin, redirectUri }: BrowserNeeds): Browser {
  const jar = createJar();
  const host = new URL(origin).host;

  async function exchange(url: URL, { method, body, type }: Sending) {
    const cookie = jar.header(url.pathname);
    const headers = { host, ...plainHeaders, ...(cookie && { cookie }), ...(type !== undefined && { "content-type": type }) };
    const path = url.pathname + url.search;
    const answer = await pool.request({ method, path, headers, ...(body === undefined ? {} : { body }) });
    jar.keep([answer.headers["set-cookie"] ?? []].flat(), url.pathname);
    return { status: answer.statusCode, text: await answer.body.text(), location: [answer.headers["location"]].flat()[0] };
  }

  async function travel(start: string | URL, first: Sending): Promise<Page> {
    let [url, sending] = [new URL(start, origin), first];
    for (let hop = 0; hop < mostRedirects; hop++) {
      const { status, text, location } = await exchange(url, sending);
      if (status === 503) throw new TurnedAway(`turned away: ${text.replaceAll(/<[^>]*>|\s+/g, " ").slice(0, 200)}`);
      if (status < 300 || status > 399 || location === undefined) return { url, status, text };
      url = new URL(location, url);
      if (url.href.startsWith(redirectUri)) return { url, status: 0, text: "" };
      if (url.origin !== origin) throw new Error(`sent away to ${url.origin}`);
      sending = { method: "GET" };
    }
    throw new Error("too many redirects");
  }

  const go = (url: string | URL) => travel(url, { method: "GET" });
  const post = (url: string | URL, fields: Readonly<Record<string, string>>) =>
    travel(url, { method: "POST", body: new URLSearchParams(fields).toString(), type: "application/x-www-form-urlencoded" });

  return {
    go,
    post,
    submit(page, fields) {
      const { action, hidden } = formOf(page.text);
      return post(new URL(action, page.url), { ...hidden, ...fields });
    },
    async json(method, path, body) {
      const url = new URL(path, origin);
      const sending = body === undefined ? { method } : { method, body: JSON.stringify(body), type: "application/json" };
      return { url, ...(await exchange(url, sending)) };
    },
  };
}

const plainHeaders = { accept: "text/html,*/*;q=0.8", "accept-language": "en", "user-agent": "bench" };

/** Of the first form that is posted. */
function formOf(text: string): { action: string; hidden: Record<string, string> } {
  const [, head, inside = ""] = /<form\b([^>]*\bmethod="?post\b[^>]*)>([\s\S]*?)<\/form>/i.exec(text) ?? [];
  if (head === undefined) throw new Error(`a page without a form: ${text.replaceAll(/<[^>]*>|\s+/g, " ").slice(0, 300)}`);
  const inputs = [...inside.matchAll(/<input\b[^>]*type="?hidden\b[^>]*>/gi)].map(([tag]) => [
    valueOf(tag, "name"),
    valueOf(tag, "value"),
  ]);
  return {
    action: valueOf(head, "action"),
    hidden: Object.fromEntries(inputs.filter(([name]) => name !== "")) as Record<string, string>,
  };
}

function valueOf(tag: string, name: string): string {
  return (new RegExp(`\\b${name}="([^"]*)"`, "i").exec(tag)?.[1] ?? "").replaceAll("&#x2F;", "/").replaceAll("&amp;", "&");
}
