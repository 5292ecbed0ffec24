import type { Level } from "#core/vocabulary";
import { actsFor } from "#core/acts";
import type { Activity } from "#core/activity";
import type { Citizens } from "#core/citizens";
import type { MobileKeys } from "#core/mobile-keys";
import { ourselvesId } from "#core/portals";
import type { Portals } from "#core/portals";
import type { Sessions, SignedIn } from "#core/sessions";
import type { SignIn } from "#core/sign-in";
import { done, refused } from "#platform/outcome";
import type { Random } from "#platform/world";
import type { LastSignIn, OwnKeyView, ReservedArea } from "./contract.ts";

export interface ReservedAreaNeeds {
  readonly random: Random;
  /** Ourselves among them. */
  readonly portals: Portals;
  readonly people: { readonly citizens: Citizens; readonly keys: MobileKeys };
  readonly signIn: Pick<SignIn, "begin" | "giveWayBack">;
  readonly sessions: Pick<Sessions, "whoIsHere" | "signOut">;
  readonly activity: Activity;
}

/** The lowest that opens the door: any key there is, or the card alone. */
const levels: Readonly<Record<Parameters<ReservedArea["enter"]>[2], Level>> = { "key-or-card": 1, card: 4 };

/** Where somebody goes who turned back at the door. */
const outside = "/";

export function createReservedArea({ random, portals, people, signIn, sessions, activity }: ReservedAreaNeeds): ReservedArea {
  const { citizens, keys } = people;
  const wayBack = "reserved-area";

  signIn.giveWayBack(wayBack, async ({ outcome }, returnTo) => ({
    to: { redirect: outcome === "authorised" ? returnTo : outside },
    keep: [],
  }));

  async function keyOf(citizenId: string): Promise<OwnKeyView | null> {
    const key = await keys.owned(citizenId);
    return key && { condition: key.condition, validUntil: key.validUntil, phone: key.phone, email: key.email };
  }

  async function lastSignIn({ citizenId, authenticatedAt }: SignedIn): Promise<LastSignIn | null> {
    const last = await activity.lastSignIn(citizenId, authenticatedAt);
    if (!last) return null;
    const portal = await portals.find(last.portalId);
    return { portal: portal?.name ?? null, at: last.at, byCard: last.byCard };
  }

  return {
    async view(visitor) {
      const who = await sessions.whoIsHere(visitor);
      const citizen = who && (await citizens.load(who.citizenId));
      if (!who || !citizen) return refused("session.none");
      const { name, givenNames, civilId, taxNumber, documentKind, documentNumber, documentExpires } = citizen;
      const key = await keyOf(who.citizenId);
      const view = {
        ...{ name, givenNames, civilId, taxNumber },
        document: { kind: documentKind, number: documentNumber, expires: documentExpires },
        key,
        acts: actsFor(key?.condition ?? null),
        lastSignIn: await lastSignIn(who),
      };
      return { ...done, view };
    },

    enter(visitor, returnTo, by) {
      const request = { portalId: ourselvesId, attributes: [], level: levels[by], reference: random.token(), fresh: true };
      return signIn.begin({ ...request, returnTo, memory: returnTo, wayBack }, visitor);
    },

    signOut: (visitor) => sessions.signOut(visitor),
  };
}
