import { file, isForOwnerOnly, setting, slice } from "#platform/settings";

export const keySettings = slice("Keys", {
  keysFile: setting(file.optional(), "File of the software keys that never lie in the database", {
    isNeeded: true,
    checks: [[isForOwnerOnly, "must exist, and be readable by its owner alone (chmod 600)"]],
  }),
});
