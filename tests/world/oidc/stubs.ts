/** What stands for the house around the OpenID Connect door: bare pages, cookies read by name, and a sign-in that answers at once. */
import assert from "node:assert/strict";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Visitor } from "../../../src/core/vocabulary/index.ts";
import type { Answer, SignIn, SignInRequest, WayBack } from "../../../src/core/sign-in/index.ts";
import type { OidcNeeds } from "../../../src/protocols/oidc/index.ts";

type Stubs = Pick<OidcNeeds, "renderError" | "renderLogout" | "visitorOf" | "giveSlip" | "forgetSignedIn">;

export const stubs: Stubs = {
  renderError: (problem, language) =>
    `<html lang="${language}"><main data-page="oidc-error" data-refusal="request.${problem}"></main></html>`,
  renderLogout: ({ action, ticket }, language) =>
    `<html lang="${language}"><form method="post" action="${action}"><input name="ticket" value="${ticket}"></form></html>`,
  visitorOf: (c) => ({
    session: getCookie(c, "session") ?? "",
    browser: getCookie(c, "browser") ?? "",
    signedIn: getCookie(c, "signed_in") ?? null,
    slip: getCookie(c, "sign_in") ?? null,
    address: "",
    language: (c.req.header("accept-language") ?? "").startsWith("en") ? "en" : "pt",
  }),
  giveSlip: (c: Context, id, slip) => {
    setCookie(c, "sign_in", slip, { path: `/sign-in/${id}`, httpOnly: true, sameSite: "Lax" });
  },
  forgetSignedIn: () => undefined,
};

const notHere = () => Promise.reject(new Error("the pages' part, not this door's"));

/** A sign-in whose person decides as `decide` says: null while they have not. */
export function createStubSignIn(decide: (request: SignInRequest) => Answer | null) {
  const begun = new Map<string, { request: SignInRequest; session: string }>();
  const waysBack = new Map<string, WayBack>();
  const signedOut: Visitor[] = [];
  const signIn: SignIn = {
    giveWayBack: (name, wayBack) => void waysBack.set(name, wayBack),
    async begin(request, visitor) {
      assert.equal(begun.has(request.reference), false, "an interaction begins one sign-in");
      begun.set(request.reference, { request, session: visitor.session });
      return { id: request.reference, step: "identify", slip: null };
    },
    async answer(reference, visitor) {
      const found = begun.get(reference);
      return found?.session === visitor.session ? decide(found.request) : null;
    },
    view: notHere,
    identify: notHere,
    by: { "citizen-card": { ask: notHere, show: notHere } },
    resend: notHere,
    confirm: notHere,
    choosePin: notHere,
    decide: notHere,
    cancel: notHere,
  };
  const sessions: OidcNeeds["sessions"] = { signOut: async (visitor) => void signedOut.push(visitor) };
  return { signIn, sessions, begun, waysBack, signedOut };
}
