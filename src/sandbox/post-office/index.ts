/** The post office of the sandbox: takes print batches, prints, delivers to letterboxes, returns. */
export { createPostOffice } from "./post-office.ts";
export type { PostOffice, PostOfficeNeeds } from "./post-office.ts";
export { openPrinterKeyPair } from "./printer-key.ts";
export type { PrinterKeyPair } from "./printer-key.ts";
