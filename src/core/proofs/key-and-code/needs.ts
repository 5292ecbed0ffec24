import type { Activity } from "#core/activity";
import type { Citizens } from "#core/citizens";
import type { Messages } from "#core/messages";
import type { MobileKeys } from "#core/mobile-keys";
import type { OneTimeCodes } from "#core/one-time-codes";
import type { Floor } from "#platform/floor";

export interface KeyAndCodeNeeds {
  readonly floor: Floor;
  readonly people: { readonly citizens: Citizens; readonly keys: MobileKeys };
  readonly codes: OneTimeCodes;
  readonly messages: Messages;
  readonly activity: Activity;
}
