/** A portal asks, a person proves who they are and consents, the portal is answered. */
export type * from "./contract.ts";
export { createSignIn } from "./sign-in.ts";
