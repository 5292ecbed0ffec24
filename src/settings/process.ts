import { z } from "zod";
import { LOG_LEVELS } from "#platform/log";
import { file, ROLES, setting, slice } from "#platform/settings";

const roles = z
  .string()
  .transform((list) => list.split(",").map((role) => role.trim()))
  .pipe(z.array(z.enum(ROLES, { error: `there are no roles but ${ROLES.join(", ")}` })).min(1));

export const processSettings = slice("Process", {
  roles: setting(roles.default([...ROLES]), `Which parts run in this process, with commas between: ${ROLES.join(", ")}`),
  data: setting(file.default("./data"), "Folder of the embedded database and of the sandbox's state"),
  logLevel: setting(z.enum(LOG_LEVELS).default("info"), `The least that is logged: ${LOG_LEVELS.join(", ")}`),
});
