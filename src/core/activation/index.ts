/** How a key comes to be: the common steps, and one folder for each channel. */
export type * from "./contract.ts";
export type { TaxAuthority } from "./channels/tax-letter/tax-authority.ts";
export { createActivation } from "./activation.ts";
