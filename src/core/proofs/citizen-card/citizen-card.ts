/**
 * The citizen card is identification and proof at once, whatever key there is: one that is locked, frozen or absent is no
 * hindrance, for the card proves more than it does.
 */
import type { Level } from "#core/vocabulary";
import type { CardProof, CardPurpose, CardQuestion, CitizenCards, IdentifyByCardRefusal } from "#core/citizen-cards";
import type { Citizens } from "#core/citizens";
import type { MobileKeys } from "#core/mobile-keys";
import { done } from "#platform/outcome";
import { contactOf } from "../contact.ts";
import type { AskedProof, Occasion, Proven } from "../proven.ts";

/** Nothing was activated before it, so that nothing weaker stands behind it (docs/law.md#levels). */
export const worthOfCard: Level = 4;

export interface AskedOfCard {
  readonly question: CardQuestion;
  readonly shown: CardProof;
  readonly refusal: IdentifyByCardRefusal;
}

export interface CitizenCardNeeds {
  readonly people: { readonly citizens: Citizens; readonly keys: MobileKeys; readonly cards: CitizenCards };
}

export function createCitizenCardProof(needs: CitizenCardNeeds): AskedProof<AskedOfCard> {
  const { cards } = needs.people;
  return {
    ask: (occasion, returnTo) => cards.ask(purposeOf(occasion), returnTo),
    async judge(occasion, shown) {
      const identified = await cards.identifyByCard(purposeOf(occasion), shown);
      return identified.ok ? { ...done, proven: () => provenBy(needs, identified.person) } : identified;
    },
  };
}

/** An answer serves this sign-in, in the browser that asked, and nothing else. */
const purposeOf = ({ id, visitor }: Pick<Occasion, "id" | "visitor">): CardPurpose => ({
  session: visitor.session,
  act: "sign-in",
  subject: id,
});

async function provenBy({ people }: CitizenCardNeeds, person: Parameters<Citizens["remember"]>[0]): Promise<Proven> {
  const { citizens, keys } = people;
  const { id: citizenId } = await citizens.remember(person);
  return {
    citizenId,
    proof: { by: "citizen-card" },
    level: worthOfCard,
    contact: await contactOf(keys, citizenId),
    ready: [() => keys.reopenToStrangers(citizenId)],
  };
}
