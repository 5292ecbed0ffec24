import type { Activity } from "#core/activity";
import type { Citizens } from "#core/citizens";
import type { Portals } from "#core/portals";
import type { Proofs } from "#core/proofs";
import type { Sessions } from "#core/sessions";
import type { Floor } from "#platform/floor";
import type { WayBack } from "./contract.ts";
import type { RecentSignIns } from "./recent-sign-ins.ts";
import type { Slips } from "./slips.ts";

export interface SignInNeeds {
  readonly floor: Floor;
  readonly portals: Portals;
  readonly citizens: Citizens;
  readonly proofs: Proofs;
  readonly sessions: Sessions;
  readonly activity: Activity;
}

/** With what this process remembers of its own. */
export interface Needs extends SignInNeeds {
  readonly slips: Slips;
  readonly recent: RecentSignIns;
  /** By the name under which each was given. */
  readonly waysBack: Map<string, WayBack>;
}
