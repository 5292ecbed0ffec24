/** How a person gets a key: the three ways, and the pages of the two that a person goes alone. */
import type { Hono } from "hono";
import type { Activation } from "#core/activation";
import type { Kit } from "#sites/kit";
import { cardContactPages } from "./card-contact.page.ts";
import { citizenCardPages } from "./citizen-card.page.ts";
import { codePages } from "./code.page.ts";
import { contactPages } from "./contact.page.ts";
import { donePage } from "./done.page.ts";
import { openChannels } from "./journey.ts";
import { taxAuthorityPages } from "./tax-authority.page.ts";
import { waysPages } from "./ways.page.ts";

export { codeFace as activationCodeFace } from "./code.view.ts";
export { cardContactView } from "./card-contact.view.ts";
export { cardConsentView, cardDoneView, readerView, replaceView } from "./citizen-card.view.ts";
export { contactView } from "./contact.view.ts";
export { doneView } from "./done.view.ts";
export { activationRefusedView } from "./refused.view.ts";
export { citizenCardView, deskView, taxAuthorityView, waysView } from "./ways.view.ts";

export function openActivation(app: Hono, kit: Kit, activation: Activation): void {
  const channel = openChannels(app, kit, activation);
  waysPages(app, kit);

  const letter = channel("tax-letter");
  taxAuthorityPages(app, letter);
  contactPages(app, letter);
  codePages(app, letter);
  donePage(app, letter);

  const card = channel("citizen-card");
  citizenCardPages(app, card);
  cardContactPages(app, card);
  codePages(app, card);
}
