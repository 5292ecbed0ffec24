/** Six digits: issued, bound to one act, sent, checked, counted, expired. */
export { createOneTimeCodes } from "./one-time-codes.ts";
export type { CodeAct, CodeRefusal, CodeStanding, DrawnCode, FreshCode, KeptCode, OneTimeCodes } from "./one-time-codes.ts";
