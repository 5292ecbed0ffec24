/** The seals of the history: of each event, of each link in the chain, and of its head. All keyed; each of another form, so that none serves as another. */
import { createHash } from "node:crypto";
import type { Secrets } from "#platform/secrets";
import type { EventRow, Link } from "./store.ts";

declare module "#platform/secrets" {
  interface Purposes {
    /** Chains and seals the events. */
    audit: true;
  }
}

interface Needs {
  readonly secrets: Secrets;
}

export function hashOf(event: EventRow): Buffer {
  const fields = [event.id, event.citizenId, event.kind, event.portalId, canonical(event.detail), event.at.toISOString()];
  return createHash("sha256").update(JSON.stringify(fields)).digest();
}

/** jsonb does not keep the order of names. */
function canonical(detail: object): [string, unknown][] {
  return Object.entries(detail).toSorted(([left], [right]) => (left < right ? -1 : 1));
}

export function sealOf({ secrets }: Needs, event: EventRow): Promise<Buffer> {
  return secrets.mac("audit", Buffer.concat([Buffer.from("event\n"), hashOf(event)]));
}

/** `before`: the link before it; null for the first. */
export function macOf({ secrets }: Needs, position: number, eventHash: Buffer, before: Link | null): Promise<Buffer> {
  return secrets.mac("audit", Buffer.concat([Buffer.from(`${position}\n`), eventHash, before?.mac ?? Buffer.alloc(32)]));
}

export function headOf({ secrets }: Needs, last: Link): Promise<Buffer> {
  return secrets.mac("audit", Buffer.concat([Buffer.from(`head ${last.position}\n`), last.mac]));
}
