/** Who a person is: as the civil registry says it, and what we keep of it. */
export type {
  Address,
  Citizen,
  CivilRegistry,
  DocumentKind,
  ForeignDocument,
  IdentityDocument,
  RegisteredPerson,
} from "./person.ts";
export { addressInOneLine, addressLines, isSameName, numbersOf } from "./person.ts";
export { attributesOf, createCitizens } from "./citizens.ts";
export type { Citizens } from "./citizens.ts";
