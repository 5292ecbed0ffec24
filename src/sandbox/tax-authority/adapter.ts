/** The provider's memory. The sandbox's tax authority forgets its sessions when it stops, as a browser's user would hardly notice. */
import type { Adapter, AdapterPayload } from "oidc-provider";
import { createBoundedCache } from "#platform/bounded-cache";
import { systemClock } from "#platform/world";

const MOST = 20_000;

export function createMemoryAdapter(): (name: string) => Adapter {
  const payloads = createBoundedCache<AdapterPayload>({ most: MOST, clock: systemClock });

  return (name) => {
    const key = (id: string) => `${name}:${id}`;
    const search = (wanted: (payload: AdapterPayload) => boolean) =>
      Array.from(payloads.entries()).find(([found, payload]) => found.startsWith(`${name}:`) && wanted(payload))?.[0] ?? "";

    return {
      upsert: async (id, payload, seconds) => {
        payloads.set(key(id), payload, seconds ? seconds * 1000 : Infinity);
      },
      find: async (id) => payloads.get(key(id)),
      findByUserCode: async (userCode) => payloads.get(search((payload) => payload.userCode === userCode)),
      findByUid: async (uid) => payloads.get(search((payload) => payload.uid === uid)),
      consume: async (id) => {
        Object.assign(payloads.get(key(id)) ?? {}, { consumed: Math.floor(Date.now() / 1000) });
      },
      destroy: async (id) => {
        payloads.delete(key(id));
      },
      revokeByGrantId: async (grantId) => {
        for (const [found, payload] of payloads.entries()) if (payload.grantId === grantId) payloads.delete(found);
      },
    };
  };
}
