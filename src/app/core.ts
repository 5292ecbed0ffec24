/** The composition: every capability made once, by hand, in reading order. The doors of each role are opened on it. */
import { createActivation } from "#core/activation";
import { createActs } from "#core/acts";
import { createActivity } from "#core/activity";
import { createCitizenCards } from "#core/citizen-cards";
import { createCitizens } from "#core/citizens";
import { createMessages } from "#core/messages";
import { createMobileKeys } from "#core/mobile-keys";
import { createOneTimeCodes } from "#core/one-time-codes";
import { createPortals, withOurselves } from "#core/portals";
import { createProofs } from "#core/proofs";
import { createReservedArea } from "#core/reserved-area";
import { createSessions } from "#core/sessions";
import { createSignIn } from "#core/sign-in";
import type { Floor } from "#platform/floor";
import type { Settings } from "#settings";
import { argon2id } from "#platform/stretch";
import { messageCatalogue, ourName } from "#words";
import { places } from "../sites/kit/places.ts";
import type { Gateways } from "../outside.ts";

/** What core is told of the installation it works for. */
export type CoreSettings = Pick<Settings, "publicUrl" | "pinMode">;

export type Core = Awaited<ReturnType<typeof createCore>>;

/** The whole law, on that floor and among those outsiders; `close` when it is no longer asked. */
export async function createCore(outside: Floor & Gateways, { publicUrl, pinMode }: CoreSettings) {
  const { db, clock, random, secrets, jobs, registry, taxAuthority, cardAuthority, sms, email, post } = outside;
  const floor: Floor = { db, clock, random, secrets, jobs };

  const citizens = createCitizens(floor);
  const portals = await createPortals(floor);
  const activity = createActivity(floor);
  const codes = createOneTimeCodes(floor);
  const messages = createMessages({ floor, words: messageCatalogue, sms, email, host: new URL(publicUrl).hostname });
  const keys = createMobileKeys({ floor, stretch: argon2id, pinMode });

  const cards = createCitizenCards({ floor, registry, authority: cardAuthority });
  const people = { citizens, cards, registry, taxAuthority };
  const activation = createActivation({ floor, people, keys, codes, messages, activity, post });
  const sessions = createSessions({ floor, keys });
  const portalsAndOurselves = withOurselves(portals, ourName, publicUrl + places.reservedArea);
  const proofs = createProofs({ floor, people: { citizens, keys, cards }, codes, messages, activity });
  const signIn = createSignIn({ floor, portals: portalsAndOurselves, citizens, proofs, sessions, activity });
  const acts = createActs({ floor, sessions, people: { citizens, keys }, codes, messages, activity });
  const inside = { random, portals: portalsAndOurselves, people: { citizens, keys }, signIn, sessions, activity };
  const reservedArea = createReservedArea(inside);

  const close = () => portals.close();
  return {
    citizens,
    portals,
    activity,
    codes,
    messages,
    keys,
    cards,
    activation,
    proofs,
    sessions,
    signIn,
    acts,
    reservedArea,
    close,
  };
}
