/** Relying parties: what each may ask, how it proves who it is, where people are sent back to. */
export { ourselvesId, withOurselves } from "./ourselves.ts";
export type { Portal, PortalAuthentication, PortalRegistration } from "./portal.ts";
export { createPortals } from "./portals.ts";
export type { Portals } from "./portals.ts";
