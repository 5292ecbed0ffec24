/** The files a page needs besides itself. Each is named by its content, so that browsers may keep it for ever. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Precedences } from "#platform/http/precedence";
import { joinStyle } from "./style.ts";

interface Asset {
  readonly url: string;
  readonly type: string;
  readonly body: Buffer;
  /** Null for what is compressed already. */
  readonly gzip: Buffer | null;
}

/** A page that has been answered is nothing without them. */
export const assetPrecedences: Precedences = { "/assets/**": "begun" };

const hash = (body: Buffer) => createHash("sha256").update(body).digest("hex").slice(0, 12);

function asset(name: string, type: string, body: Buffer): Asset {
  const dot = name.lastIndexOf(".");
  const url = `/assets/${name.slice(0, dot)}.${hash(body)}${name.slice(dot)}`;
  return { url, type, body, gzip: type === "font/woff2" ? null : gzipSync(body, { level: 9 }) };
}

const own = (name: string) => readFileSync(new URL(`assets/${name}`, import.meta.url));
const font = (subset: string) =>
  readFileSync(
    fileURLToPath(import.meta.resolve(`@fontsource-variable/noto-sans/files/noto-sans-${subset}-wght-normal.woff2`)),
  );

const latin = asset("noto-sans-latin.woff2", "font/woff2", font("latin"));
const latinExt = asset("noto-sans-latin-ext.woff2", "font/woff2", font("latin-ext"));
const sheet = joinStyle({ latin: latin.url, latinExt: latinExt.url });
const style = asset("style.css", "text/css; charset=utf-8", Buffer.from(sheet));
const script = asset("page.js", "text/javascript; charset=utf-8", own("page.js"));
const cardScript = asset("web-eid.js", "text/javascript; charset=utf-8", own("web-eid.js"));
const icon = asset("icon.svg", "image/svg+xml", own("icon.svg"));

export const assetUrls = { style: style.url, script: script.url, cardScript: cardScript.url, font: latin.url, icon: icon.url };

const shelf = new Map([latin, latinExt, style, script, cardScript, icon].map((each) => [each.url, each]));

export function assetResponse(path: string, acceptEncoding: string | undefined): Response | null {
  const found = shelf.get(path);
  if (!found) return null;
  const packed = found.gzip && /\bgzip\b/.test(acceptEncoding ?? "") ? found.gzip : null;
  const headers = new Headers({
    "Content-Type": found.type,
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    Vary: "Accept-Encoding",
  });
  if (packed) headers.set("Content-Encoding", "gzip");
  return new Response(new Uint8Array(packed ?? found.body), { headers });
}
