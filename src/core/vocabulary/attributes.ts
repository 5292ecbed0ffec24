/** What a portal may ask about a person, under the names used inside the house. Each protocol has its own spelling on the wire. */
export const attributeNames = [
  "civil_id",
  "tax_number",
  "name",
  "given_names",
  "family_names",
  "birth_date",
  "nationality",
  "address",
  "phone",
  "email",
  "document_kind",
  "document_number",
  "document_expires",
] as const;

export type AttributeName = (typeof attributeNames)[number];

export interface RequestedAttribute {
  readonly name: AttributeName;
  /** An optional attribute can be unticked; without a required one there is no sign-in. */
  readonly required: boolean;
}
