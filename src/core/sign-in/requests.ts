/** Which sign-in a visitor means, and whether it stands where they think it does. */
import type { Visitor } from "#core/vocabulary";
import type { Portal, Portals } from "#core/portals";
import type { Sessions } from "#core/sessions";
import { fingerprint } from "#platform/fingerprint";
import type { Floor } from "#platform/floor";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import type { Gone, OutOfStep, SignInStep } from "./contract.ts";
import * as store from "./store.ts";
import type { LoadedRequest } from "./store.ts";
import type { Slips } from "./slips.ts";

export interface Opened {
  readonly request: LoadedRequest;
  readonly portal: Portal;
}

export interface Requests {
  load(id: string, visitor: Visitor): Promise<LoadedRequest | null>;
  /** The request of this browser. A portal disabled meanwhile ends its sign-ins at once. `step`: where it is thought to be. */
  open(id: string, visitor: Visitor, step?: SignInStep): Promise<Outcome<Opened, Gone>>;
  withPortal(request: LoadedRequest | null): Promise<Outcome<Opened, Gone>>;
  /** The request when it stands at that step in this browser. */
  at(
    step: SignInStep,
    id: string,
    visitor: Visitor,
    loading?: Promise<LoadedRequest | null>,
  ): Promise<Outcome<Opened, Gone | OutOfStep>>;
}

export interface RequestNeeds {
  readonly floor: Floor;
  readonly portals: Portals;
  readonly sessions: Pick<Sessions, "claimOf">;
  readonly slips: Slips;
}

export function createRequests({ floor, portals, sessions, slips }: RequestNeeds): Requests {
  const { db, clock } = floor;

  async function load(id: string, visitor: Visitor): Promise<LoadedRequest | null> {
    return store.loadRequest(db, id, fingerprint(visitor.session), sessions.claimOf(visitor), clock.now());
  }

  async function ofSlip(id: string, { session, slip }: Visitor): Promise<LoadedRequest | null> {
    const request = slip ? await slips.read(id, session, slip) : null;
    return request && { ...request, signedInAs: null };
  }

  async function withPortal(request: LoadedRequest | null): Promise<Outcome<Opened, Gone>> {
    const portal = request && (await portals.find(request.portalId));
    return request && portal ? { ...done, request, portal } : refused("sign-in.gone");
  }

  async function open(id: string, visitor: Visitor, step?: SignInStep) {
    // Who still holds the slip has most likely proven nothing: when they have, what writes will find out.
    const held = step === "identify" ? await ofSlip(id, visitor) : null;
    return withPortal(held ?? (await load(id, visitor)) ?? (await ofSlip(id, visitor)));
  }

  return {
    load,
    withPortal,
    open,
    async at(step, id, visitor, loading) {
      const opened = await (loading ? withPortal((await loading) ?? (await ofSlip(id, visitor))) : open(id, visitor, step));
      return !opened.ok || opened.request.step === step ? opened : refused("sign-in.out-of-step");
    },
  };
}
