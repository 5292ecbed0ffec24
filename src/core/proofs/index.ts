/** What a person shows so that we know who they are, kind by kind: asked, counted, judged. */
export type { Proofs } from "./contract.ts";
export type { AskedKind, AskedKinds } from "./kinds.ts";
export type { AskedProof, Contact, Occasion, Proven } from "./proven.ts";
export type { ChosenPin, CodeTry, KeyAndCode, KeyCode, PreparedCode } from "./key-and-code/contract.ts";
export { createProofs } from "./proofs.ts";
