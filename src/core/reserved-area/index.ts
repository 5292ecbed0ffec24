/** The citizen's own area: who is signed in here, how their key is, what there is of them. */
export type { LastSignIn, OwnKeyView, ReservedArea, ReservedAreaView } from "./contract.ts";
export { createReservedArea } from "./reserved-area.ts";
