import type { MiddlewareHandler } from "hono";

/** Refuses what a browser says another site made it send. Clients that are no browsers say nothing, and may pass. */
export function refuseOtherSites(own: string): MiddlewareHandler {
  return async (c, next) => {
    const site = c.req.header("sec-fetch-site") ?? "same-origin";
    const origin = c.req.header("origin") ?? own;
    const ours = ["same-origin", "none"].includes(site) && (origin === own || origin === "null");
    if (c.req.method === "POST" && !ours) return c.text("This form was sent from another site.", 403);
    await next();
  };
}
