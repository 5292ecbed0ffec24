/** Six digits, bound to one act and sent to a phone: drawn, sent again, compared. The row of the act keeps and counts them. */
export { codeOf } from "./columns.ts";
export type { CodeColumns } from "./columns.ts";
export type { CodeAct, CodeRecord, CodeStanding, CountedCode, DrawnCode, FreshCode, OneTimeCodes } from "./contract.ts";
export { createOneTimeCodes } from "./one-time-codes.ts";
export { figures as codeFigures } from "./figures.ts";
