import { readFileSync } from "node:fs";
import { z } from "zod";
import type { DerivedSetting, Setting } from "#platform/settings";
import type { Settings } from "./slices.ts";
import { SETTINGS_FILE, settingTable } from "./variables.ts";

/** The environment wins over the file that CHAVE_SETTINGS names. Throws, naming every setting that is wrong and showing none. */
export function readSettings(env: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const fromFile = env[SETTINGS_FILE] === undefined ? {} : readSettingsFile(env[SETTINGS_FILE]);
  const values: Record<string, unknown> = {};
  const wrong: string[] = [];
  for (const { name, variable, setting } of settingTable) {
    const read = setting.form.safeParse(blankAsAbsent(env[variable]) ?? fromFile[variable]);
    if (!read.success) wrong.push(...read.error.issues.map(({ message }) => `  ${variable}: ${message}`));
    else values[name] = read.data;
  }
  if (wrong.length > 0) throw new Error(`wrong settings:\n${wrong.join("\n")}`);
  for (const { name, setting } of settingTable) if (isDerived(setting)) values[name] ??= setting.otherwise(values);
  return values as Settings; // Each was read by the form that its type is taken from.
}

function blankAsAbsent(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}

const isDerived = (setting: Setting): setting is DerivedSetting => "otherwise" in setting;

function readSettingsFile(name: string): Readonly<Record<string, unknown>> {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(name, "utf8"));
  } catch (error) {
    throw new Error(`${SETTINGS_FILE}: ${name} cannot be read as JSON`, { cause: error });
  }
  const given = z.record(z.string(), z.union([z.string(), z.number()])).parse(read);
  const variables = new Set(settingTable.map(({ variable }) => variable));
  const unknown = Object.keys(given).filter((variable) => !variables.has(variable));
  // A misspelt name would leave a default in force that nobody chose.
  if (unknown.length > 0) throw new Error(`${SETTINGS_FILE}: ${name} has settings that do not exist: ${unknown.join(", ")}`);
  return given;
}
