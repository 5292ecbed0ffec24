import type { Portal } from "#core/portals";
import type { Secrets } from "#platform/secrets";

declare module "#platform/secrets" {
  interface Purposes {
    /** Makes each portal's name for a citizen: never changed. */
    pairwise: true;
  }
}

/** OpenID Connect Core 8.1. The first version of the key for ever: another would make everybody a stranger. */
export async function pairwiseSubject(secrets: Secrets, { sector }: Portal, citizenId: string): Promise<string> {
  return (await secrets.mac("pairwise", `${sector}\n${citizenId}`, 1)).toString("base64url");
}
