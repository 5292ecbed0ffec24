import { busyView } from "./busy.ts";
import { codesOf } from "./endings.ts";
import { errorPage, errorTable } from "./error-pages.ts";
import { samples, statesOf, type States } from "./gallery.ts";

export const kitStates: States = {
  ...statesOf("error-", codesOf(errorTable), (words, kind) => errorPage(words, { kind, reference: samples.reference })),
  "error-busy": busyView,
};
