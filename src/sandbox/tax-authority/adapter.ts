/** The provider's memory. The sandbox's tax authority forgets its sessions when it stops, as a browser's user would hardly notice. */
import type { Adapter, AdapterPayload } from "oidc-provider";

interface Kept {
  readonly payload: AdapterPayload;
  readonly until: number;
}

const MOST = 20_000;

export function createMemoryAdapter(): (name: string) => Adapter {
  const kept = new Map<string, Kept>();

  return (name) => {
    const key = (id: string) => `${name}:${id}`;
    const alive = (found: Kept | undefined) => (found && found.until > Date.now() ? found.payload : undefined);
    const search = (wanted: (payload: AdapterPayload) => boolean) =>
      Array.from(kept).find(([known, { payload }]) => known.startsWith(`${name}:`) && wanted(payload))?.[1];

    return {
      async upsert(id, payload, expiresIn) {
        kept.set(key(id), { payload, until: expiresIn ? Date.now() + expiresIn * 1000 : Infinity });
        const [oldest] = kept.keys();
        if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
      },
      find: async (id) => alive(kept.get(key(id))),
      findByUserCode: async (userCode) => alive(search((payload) => payload.userCode === userCode)),
      findByUid: async (uid) => alive(search((payload) => payload.uid === uid)),
      async consume(id) {
        const found = kept.get(key(id));
        if (found) kept.set(key(id), { ...found, payload: { ...found.payload, consumed: Math.floor(Date.now() / 1000) } });
      },
      async destroy(id) {
        kept.delete(key(id));
      },
      async revokeByGrantId(grantId) {
        for (const [known, { payload }] of kept) if (payload.grantId === grantId) kept.delete(known);
      },
    };
  };
}
