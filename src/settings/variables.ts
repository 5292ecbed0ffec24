import type { Setting } from "#platform/settings";
import { slices } from "./slices.ts";

/** Every setting by name, with the environment variable that sets it: `taxAuthorityIssuer` is CHAVE_TAX_AUTHORITY_ISSUER. */
export const settingTable = slices.flatMap(({ settings }) => rowsOf(settings));

export function rowsOf(settings: Readonly<Record<string, Setting>>) {
  return Object.entries(settings).map(([name, setting]) => ({
    name,
    variable: setting.variable ?? `CHAVE_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`,
    setting,
  }));
}

/** The JSON file that gives what the environment does not. */
export const SETTINGS_FILE = "CHAVE_SETTINGS";
