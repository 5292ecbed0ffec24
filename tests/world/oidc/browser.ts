/** A browser in front of the OpenID Connect door. */
import { randomBytes } from "node:crypto";

interface Init {
  readonly method?: string;
  readonly body?: URLSearchParams | string;
  readonly headers?: Record<string, string>;
}

export type Browser = ReturnType<typeof openBrowser>;

/** A jar of cookies by path, and redirects followed within the house only. */
export function openBrowser(issuer: string) {
  const jar = new Map<string, { path: string; value: string }>([
    ["session", { path: "/", value: randomBytes(8).toString("hex") }],
  ]);
  const seen: string[] = [];

  async function go(address: string | URL, { headers, ...init }: Init = {}): Promise<Response> {
    const url = new URL(address, issuer);
    const cookies = [...jar]
      .filter(([, { path }]) => url.pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`);
    const response = await fetch(url, {
      ...init,
      redirect: "manual",
      headers: { cookie: cookies.join("; "), ...headers },
    });
    seen.push(url.pathname + url.search);
    for (const line of response.headers.getSetCookie()) keep(line, url.pathname);
    return response;
  }

  function keep(line: string, from: string): void {
    const [name = "", value = ""] = (line.split(";")[0] ?? "").split("=");
    const path = /path=([^;]+)/i.exec(line)?.[1] ?? from;
    if (value === "" || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
    else jar.set(name, { path, value });
  }

  /** Follows redirects until a page is shown or the browser leaves the house. */
  async function follow(address: string | URL, init: Init = {}): Promise<{ response: Response; left: URL | null }> {
    let response = await go(address, init);
    for (let hops = 0; hops < 10; hops++) {
      const location = response.headers.get("location");
      if (location === null) return { response, left: null };
      const next = new URL(location, issuer);
      if (next.origin !== issuer) return { response, left: next };
      response = await go(next);
    }
    throw new Error("redirects without end");
  }

  return { go, follow, jar, seen };
}
