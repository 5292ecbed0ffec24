/**
 * A grant has no row of its own: it travels in the rows of the code and the token that it gave, together with the values that
 * were consented to. During one request it is kept here, between the statement that read it and the one that writes it on.
 */
import Provider from "oidc-provider";
import type { AdapterPayload } from "oidc-provider";
import type { Consented } from "../claims.ts";

export interface Carried {
  grant?: AdapterPayload;
  grantHash?: Buffer;
  consented?: Consented;
}

const carriages = new WeakMap<object, Carried>();

/** Of the request being answered; an empty one outside of any. */
export function carriedNow(): Carried {
  const request = Provider.ctx;
  if (request === undefined) return {};
  const carried = carriages.get(request) ?? {};
  carriages.set(request, carried);
  return carried;
}
