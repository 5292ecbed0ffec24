/** Relying parties: what each may ask, how it proves who it is, where people are sent back to. */
export { attributeNames } from "./attributes.ts";
export type { AttributeName, Level, RequestedAttribute } from "./attributes.ts";
export { ourselvesId, withOurselves } from "./ourselves.ts";
export type { Bilingual, Portal, PortalAuthentication, PortalRegistration } from "./portal.ts";
export { createPortals } from "./portals.ts";
export type { Portals } from "./portals.ts";
