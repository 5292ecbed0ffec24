/** The key itself: phone, PINs, state, locks, validity. */
export type { CheckedPin, CountedCodeTry, MobileKeys, NewMobileKey, OwnedKey, RightPin } from "./contract.ts";
export { createMobileKeys } from "./mobile-keys.ts";
export type { KeySummary } from "./store.ts";
export { judgePin } from "./pin-rules.ts";
export type { PinWeakness } from "./pin-rules.ts";
export type { PinMode, PinRecord } from "./pins.ts";
export { sealablePin, unsealedPin } from "./sealed-pin.ts";
export type { SealedPin } from "./sealed-pin.ts";
export { validUntil } from "./rules.ts";
export type { Closed, KeyCondition, KeyState, LaneName } from "./rules.ts";
