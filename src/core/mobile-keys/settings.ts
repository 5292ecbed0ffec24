import { z } from "zod";
import { setting, slice } from "#platform/settings";

const about =
  "How PINs lie in the database: argon2 (a slow hash inside a keyed one) or keyed (the keyed one alone, for measuring)";
const danger = "must be argon2: with software keys, the keyed mode leaves a single wall before the PINs";

export const mobileKeySettings = slice("PINs", {
  pinMode: setting(z.enum(["argon2", "keyed"]).default("argon2"), about, { checks: [[(mode) => mode === "argon2", danger]] }),
});
