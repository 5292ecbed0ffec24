/**
 * OpenID Connect Core 3.1.2.1: an authorization request may also be posted. A post from another site carries no cookie of ours
 * (SameSite=Lax), so it is asked again as a GET, which does.
 */
import type { KoaContextWithOIDC } from "oidc-provider";
import { paths } from "../paths.ts";

/** What fits in a request line that node still reads. */
const longest = 12_000;

export async function postedRequestAsGet(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  if (ctx.method !== "POST" || ctx.path !== paths.authorization) return next();
  const body = ctx.is("application/x-www-form-urlencoded") ? await readText(ctx.req) : null;
  ctx.set("Cache-Control", "no-store");
  if (body === null) {
    ctx.status = 400;
    ctx.body = "";
    return;
  }
  // Parsed and written again, so that nothing but parameters can get into the header.
  ctx.status = 303;
  ctx.redirect(`${paths.authorization}?${new URLSearchParams(body).toString()}`);
}

async function readText(body: AsyncIterable<Buffer>): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.length;
    if (length > longest) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
