/** How a person gets a key: the three ways, and the pages of the way through the tax authority. */
import type { Hono } from "hono";
import type { Activation } from "#core/activation";
import type { Kit } from "#sites/kit";
import { cardContactPages } from "./card-contact.page.ts";
import { citizenCardPages } from "./citizen-card.page.ts";
import { codePages } from "./code.page.ts";
import { contactPages } from "./contact.page.ts";
import { donePage } from "./done.page.ts";
import { createActivationJourney } from "./journey.ts";
import { taxAuthorityPages } from "./tax-authority.page.ts";
import { waysPages } from "./ways.page.ts";

export { codeView as activationCodeView } from "./code.view.ts";
export { cardContactView } from "./card-contact.view.ts";
export { cardConsentView, cardDoneView, readerView, replaceView } from "./citizen-card.view.ts";
export { contactView } from "./contact.view.ts";
export { doneView } from "./done.view.ts";
export { activationRefusedView } from "./refused.view.ts";
export { citizenCardView, deskView, taxAuthorityView, waysView } from "./ways.view.ts";

export function openActivation(app: Hono, kit: Kit, activation: Activation): void {
  const journey = createActivationJourney(kit, activation, "tax-letter");
  const cardJourney = createActivationJourney(kit, activation, "citizen-card");
  waysPages(app, kit, journey);
  taxAuthorityPages(app, kit, activation, journey);
  contactPages(app, kit, activation, journey);
  codePages(app, kit, activation, journey);
  donePage(app, kit, journey);
  citizenCardPages(app, kit, activation, cardJourney);
  cardContactPages(app, kit, activation, cardJourney);
  codePages(app, kit, activation, cardJourney);
}
