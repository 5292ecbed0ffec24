/**
 * The person proves who they are with the citizen card: to the consent at once, at level 4, with a key or without one. A key that
 * is locked, frozen or absent is no hindrance: the card proves more than it does.
 *
 * Asking keeps nothing of the sign-in, and neither does a card that is refused: it is kept, as after phone and PIN, when somebody
 * has proven who they are.
 */
import type { Visitor } from "#core/vocabulary";
import type { Activity } from "#core/activity";
import type { CardPurpose, CitizenCards } from "#core/citizen-cards";
import type { Citizens } from "#core/citizens";
import type { MobileKeys } from "#core/mobile-keys";
import type { Sessions } from "#core/sessions";
import { fingerprint } from "#platform/fingerprint";
import type { Floor } from "#platform/floor";
import { done, refused } from "#platform/outcome";
import type { SignIn } from "./contract.ts";
import { entryAt } from "./entry.ts";
import type { RecentSignIns } from "./recent-sign-ins.ts";
import type { Contact, Profiles } from "./profiles.ts";
import type { Requests } from "./requests.ts";
import { levelOfCard, stepAfterProof } from "./rules.ts";
import * as store from "./store.ts";

export interface CardNeeds {
  readonly floor: Floor;
  readonly people: { readonly citizens: Citizens; readonly keys: MobileKeys; readonly cards: CitizenCards };
  readonly sessions: Sessions;
  readonly activity: Activity;
  readonly kept: { readonly requests: Requests; readonly profiles: Profiles; readonly recent: RecentSignIns };
}

export function createCardProving({
  floor,
  people,
  sessions,
  activity,
  kept,
}: CardNeeds): Pick<SignIn, "askCard" | "identifyByCard"> {
  const { db, clock } = floor;
  const { citizens, keys, cards } = people;
  const { requests, profiles, recent } = kept;
  const contactOf = createContactOf(keys);

  /** What is kept counts, whatever slip the browser may still carry. */
  const waiting = (id: string, visitor: Visitor) => requests.at("identify", id, visitor, requests.load(id, visitor));

  return {
    async askCard(id, visitor, returnTo) {
      const found = await waiting(id, visitor);
      return found.ok ? { ...done, question: await cards.ask(purposeOf(id, visitor), returnTo) } : found;
    },

    async identifyByCard(id, visitor, proof) {
      const found = await waiting(id, visitor);
      // Spent whatever the sign-in's standing: what turns up where it was not asked for serves nowhere any more.
      const shown = await cards.identifyByCard(purposeOf(id, visitor), proof);
      if (!found.ok) return found;
      if (!shown.ok) return shown;
      const { request, portal } = found;
      const { id: citizenId } = await citizens.remember(shown.person);
      const [citizen, contact] = [await citizens.load(citizenId), await contactOf(citizenId)];
      const profile = await profiles.make(id, request.attributes, contact, citizen);
      const [by, level] = ["citizen-card", levelOfCard] as const;
      const attributes = request.attributes.map(({ name }) => name);
      const session = sessions.draw({ citizenId, proof: { by }, level, attributes });
      const proven = { step: stepAfterProof(portal), proof: { by }, citizenId, level, at: clock.now(), profile };
      const entry = await entryAt(portal, citizenId, { by }, activity);
      const moved = await db.atOnce(() => [
        store.moveByCard(db, request, fingerprint(visitor.session), proven, session.id),
        ...sessions.open(session, visitor),
        keys.reopenToStrangers(citizenId),
        ...entry.map((each) => each()),
      ]);
      recent.forget(id);
      return moved === null ? refused("sign-in.out-of-step") : { ...done, signedIn: session.secret };
    },
  };
}

/** An answer serves this sign-in, in the browser that asked, and nothing else. */
const purposeOf = (subject: string, { session }: Visitor): CardPurpose => ({ session, act: "sign-in", subject });

/**
 * Phone and e-mail belong to a key; whoever has none has neither. Of a key that may not be used (locked, frozen, expired, still
 * waiting for its letter) they are not told either: the phone may be in other hands.
 */
export function createContactOf(keys: MobileKeys): (citizenId: string) => Promise<Contact | null> {
  return async (citizenId) => {
    const living = await keys.living(citizenId);
    const key = living && (await keys.loadUsable(living.id));
    return key && !key.pinTemporary ? key : null;
  };
}
