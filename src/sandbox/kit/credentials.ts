/** Secrets between the product and the sandbox's actors: random, made at the first start and kept. */
import { randomBytes } from "node:crypto";
import { openShelf } from "./shelf.ts";

export interface Credentials {
  /** The same secret for the same name, now and after a restart. */
  secretFor(name: string): string;
}

export function openCredentials(shelfFolder: string): Credentials {
  const shelf = openShelf<{ readonly name: string; readonly secret: string }>(shelfFolder, "credentials");
  return {
    secretFor(name) {
      const earlier = shelf.entries.find((entry) => entry.name === name);
      if (earlier) return earlier.secret;
      const secret = randomBytes(32).toString("base64url");
      shelf.add({ name, secret });
      return secret;
    },
  };
}
