/** The house itself among those that ask somebody to sign in: for the reserved area. */
import type { Multilingual } from "#core/vocabulary";
import type { Portal } from "./portal.ts";
import type { Portals } from "./portals.ts";

/** No protocol can ask in our name, and nobody register it: a portal's id has no blank (portals.ts, possibleId). */
export const ourselvesId = "the house";

/** The portals and, under an id that is no portal's, ourselves: asking nothing. */
export function withOurselves(portals: Portals, name: Multilingual, homeUrl: string): Portals {
  const ourselves: Portal = {
    id: ourselvesId,
    name,
    homeUrl,
    attributes: [],
    minimumLevel: 1,
    isOurselves: true,
  };
  return { ...portals, find: async (id) => (id === ourselvesId ? ourselves : portals.find(id)) };
}
