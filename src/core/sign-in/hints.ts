/**
 * Whose key a sign-in is about, as this process last saw it: so that statements about the key can be asked for together with
 * the one that loads the sign-in. What was loaded is compared with it afterwards; without a hint they are asked one by one.
 */
export interface Hint {
  readonly keyId: string;
  readonly citizenId: string;
}

const most = 20_000;

export function createHints() {
  const known = new Map<string, Hint>();
  return {
    of: (id: string): Hint | undefined => known.get(id),
    note(id: string, keyId: string | null, citizenId: string | null): void {
      if (keyId === null || citizenId === null) return;
      const [oldest] = known.keys();
      if (known.size >= most && oldest !== undefined) known.delete(oldest);
      known.set(id, { keyId, citizenId });
    },
    forget: (id: string): void => void known.delete(id),
  };
}

export type Hints = ReturnType<typeof createHints>;
