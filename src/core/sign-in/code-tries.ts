/** The sign-in, and the key's try taken for its code before the code is compared: in one exchange where it is known whose key it is. */
import type { Visitor } from "#core/vocabulary";
import type { Citizens } from "#core/citizens";
import type { CountedCodeTry, MobileKeys } from "#core/mobile-keys";
import type { Database } from "#platform/database";

import type { RecentSignIn, RecentSignIns } from "./recent-sign-ins.ts";
import type { Requests } from "./requests.ts";
import type { LoadedRequest } from "./store.ts";

export interface CountedRequest {
  readonly request: LoadedRequest | null;
  /** Null when the key has none left, or the sign-in does not wait for a code. */
  readonly counted: CountedCodeTry | null;
  readonly citizen: Awaited<ReturnType<Citizens["load"]>>;
}

export interface CodeTryNeeds {
  readonly db: Database;
  readonly people: { readonly citizens: Citizens; readonly keys: MobileKeys };
  readonly kept: { readonly requests: Requests; readonly recent: RecentSignIns };
}

/** Not inside a transaction: a rolled back count is a free guess. */
export function createCodeTries({ db, people, kept }: CodeTryNeeds): (id: string, visitor: Visitor) => Promise<CountedRequest> {
  const { citizens, keys } = people;
  const { requests, recent } = kept;

  async function together(id: string, visitor: Visitor, { keyId, citizenId }: RecentSignIn): Promise<CountedRequest | null> {
    const answers = await db.atOnce(() => [
      requests.load(id, visitor),
      keys.countCodeTry(keyId, visitor.browser),
      citizens.load(citizenId),
    ]);
    if (answers === null) throw new Error("there was nothing to be met");
    const [request, counted, citizen] = answers;
    if (request?.step === "code" && request.keyId === keyId) return { request, counted, citizen };
    recent.forget(id);
    if (counted) await keys.takeBackCodeTry(keyId); // Nothing was compared.
    return request?.step === "code" ? null : { request, counted: null, citizen: null };
  }

  async function oneByOne(id: string, visitor: Visitor): Promise<CountedRequest> {
    const request = await requests.load(id, visitor);
    const { step, keyId = null, citizenId = null } = request ?? {};
    if (step !== "code" || keyId === null || citizenId === null) return { request, counted: null, citizen: null };
    const counted = await keys.countCodeTry(keyId, visitor.browser);
    return { request, counted, citizen: await citizens.load(citizenId) };
  }

  return async (id, visitor) => {
    const seenHere = recent.of(id);
    return (seenHere && (await together(id, visitor, seenHere))) ?? oneByOne(id, visitor);
  };
}
