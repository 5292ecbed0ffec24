import type { States } from "#sites/kit";
import { helpView } from "./help.view.ts";
import { homeView } from "./home.view.ts";
import { accessibilityView, cardGoneView, privacyView, termsView } from "./statements.view.ts";

export const homeStates: States = {
  home: homeView,
  help: (words) => helpView(words, { contact: "ajuda@exemplo.pt" }),
  accessibility: accessibilityView,
  privacy: privacyView,
  terms: termsView,
  "card-gone": cardGoneView,
};
