/** Relying parties: what each may ask, at which level, and whether it still may. How each speaks with us is its protocol's. */
export { ourselvesId, withOurselves } from "./ourselves.ts";
export type { Portal, PortalRegistration, SaveForProtocol } from "./portal.ts";
export { createPortals } from "./portals.ts";
export type { Portals } from "./portals.ts";
