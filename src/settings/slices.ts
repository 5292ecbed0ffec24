/** Every slice there is, in the order in which docs/settings.md tells them. A default made from others stands after them. */
import type { Slice, ValuesOf } from "#platform/settings";
import { mobileKeySettings } from "../core/mobile-keys/settings.ts";
import { cardAuthoritySettings } from "../gateways/card-authority/settings.ts";
import { registrySettings } from "../gateways/civil-registry/settings.ts";
import { emailSettings } from "../gateways/email/settings.ts";
import { keySettings } from "../gateways/hsm/settings.ts";
import { postSettings } from "../gateways/post/settings.ts";
import { smsSettings } from "../gateways/sms/settings.ts";
import { taxAuthoritySettings } from "../gateways/tax-authority/settings.ts";
import { databaseSettings } from "../platform/database/settings.ts";
import { doorSettings } from "../platform/http/settings.ts";
import { cardDoorSettings } from "../protocols/card-door/settings.ts";
import { siteSettings } from "../sites/kit/settings.ts";
import { processSettings } from "./process.ts";

const all = [
  ...[processSettings, doorSettings, databaseSettings, keySettings, mobileKeySettings, siteSettings],
  ...[registrySettings, taxAuthoritySettings, smsSettings, emailSettings, postSettings],
  ...[cardAuthoritySettings, cardDoorSettings],
] as const;

type Together<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void ? All : never;

type ValuesOfSlice<One> = One extends Slice<infer Settings> ? ValuesOf<Settings> : never;

export type Settings = Together<ValuesOfSlice<(typeof all)[number]>>;

export const slices: readonly Slice[] = all;
