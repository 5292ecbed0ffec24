import type { Check, Others, Setting } from "#platform/settings";
import type { Settings } from "./slices.ts";
import { settingTable } from "./variables.ts";

/** Throws, naming every setting of this process's roles that is missing or unsafe for people's real keys. */
export function checkProduction(settings: Settings): void {
  const values: Others = { ...settings };
  const failed = settingTable
    .filter(({ setting: { roles } }) => roles === undefined || roles.some((role) => settings.roles.includes(role)))
    .flatMap(({ name, variable, setting }) =>
      faultsOf(setting, values[name], values).map((reason) => `  ${variable} ${reason}`),
    );
  if (failed.length > 0) throw new Error(`refusing to start in production:\n${failed.join("\n")}`);
}

function faultsOf({ isNeeded = () => false, checks = [] }: Setting, value: unknown, others: Others): string[] {
  if (value === undefined) return isNeeded === true || isNeeded(others) ? ["is missing"] : [];
  // `as`: a value is checked by the setting whose form read it.
  return (checks as readonly Check<unknown>[]).filter(([sound]) => !sound(value, others)).map(([, reason]) => reason);
}
