/** Entering the reserved area tells nobody anything, so that there is no decision to record: it is part of the person's history as it is. */
import type { Activity } from "#core/activity";
import type { Portal } from "#core/portals";
import type { Ready } from "#platform/jobs";

/** What records it, for what is done at once; nothing at a portal, whose sign-in is recorded when the person decides. */
export async function entryAt(
  { id: portalId, isOurselves = false }: Pick<Portal, "id" | "isOurselves">,
  citizenId: string,
  detail: { readonly by?: "citizen-card" },
  activity: Activity,
): Promise<readonly Ready[]> {
  return isOurselves ? [await activity.prepare({ kind: "reserved-area.entered", citizenId, portalId, detail })] : [];
}
