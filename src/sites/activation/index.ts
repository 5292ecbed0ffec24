/** How a person gets a key: the three ways, and the pages of the two that a person goes alone. */
import type { Hono } from "hono";
import type { Activation } from "#core/activation";
import type { Kit } from "#sites/kit";
import { cardContact } from "./card-contact.ts";
import { citizenCardPages } from "./citizen-card.page.ts";
import { codePages } from "./code.page.ts";
import { contactPages } from "./contact.page.ts";
import { donePage } from "./done.page.ts";
import { openChannels } from "./journey.ts";
import { letterContact } from "./letter-contact.ts";
import { taxAuthorityPages } from "./tax-authority.page.ts";
import { waysPages } from "./ways.page.ts";

export { precedences as activationPrecedences } from "./paths.ts";
export { activationStates } from "./activation.states.ts";

export function openActivation(app: Hono, kit: Kit, activation: Activation): void {
  const channel = openChannels(app, kit, activation);
  waysPages(app, kit);

  const letter = channel("tax-letter");
  taxAuthorityPages(app, letter);
  contactPages(app, letter, letterContact);
  codePages(app, letter);
  donePage(app, letter);

  const card = channel("citizen-card");
  citizenCardPages(app, card);
  contactPages(app, card, cardContact);
  codePages(app, card);
}
