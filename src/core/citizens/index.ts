/** Who a person is: as the civil registry says it, and what we keep of it. */
export type { Address, CivilRegistry, DocumentKind, IdentityDocument, RegisteredPerson } from "./person.ts";
export { attributesOf, createCitizens } from "./citizens.ts";
export type { Citizen, Citizens } from "./citizens.ts";
