/** A row of the table of acts: all that tells one act from another. The engine does the rest. */
import type { ProofKind } from "#core/vocabulary";
import type { Activity, EventKind } from "#core/activity";
import type { Citizens } from "#core/citizens";
import type { Messages, MessageWords } from "#core/messages";
import type { KeyCondition, MobileKeys, OwnedKey } from "#core/mobile-keys";
import type { OneTimeCodes } from "#core/one-time-codes";
import type { Sessions } from "#core/sessions";
import type { Floor } from "#platform/floor";
import type { ActRefusal, KeyObstacle } from "./contract.ts";

export interface ActNeeds {
  readonly floor: Floor;
  readonly sessions: Pick<Sessions, "whoIsHere" | "endProvenWith">;
  readonly people: { readonly citizens: Citizens; readonly keys: MobileKeys };
  readonly codes: Pick<OneTimeCodes, "draw" | "redraw" | "compare" | "resendAt">;
  readonly messages: Messages;
  readonly activity: Activity;
}

/** The code that confirms an act, and where it goes. */
export type CodeTo = {
  say(words: MessageWords, digits: string, minutes: number): string;
} & ({ readonly phone: string } | { readonly email: string });

/** `Given`: as typed in the form. `Typed`: what of it waits, sealed, until it is confirmed. */
export interface ActDefinition<Given, Typed extends object, Mistake extends string> {
  /** As in the table. */
  readonly name: string;
  /** Any of them will do, shown not long ago. */
  readonly proofs: readonly ProofKind[];
  /** In which condition the key must be; for each other, why it is not. */
  readonly obstacles: Readonly<Record<KeyCondition, KeyObstacle | null>>;
  /** Whether it can be done time and again. If not, one that is possible again has been undone, and its last page is of the past. */
  readonly repeats: boolean;
  /** What is to be corrected in the form. */
  judge(needs: ActNeeds, key: Owned, given: Given): Promise<Mistake | null>;
  /** Slow work belongs here: it is done once a code may be sent, and outside the transaction. */
  keep(needs: ActNeeds, key: OwnedKey, given: Given): Promise<Typed>;
  /** Null where no code is sent and a press of a button confirms. */
  codeTo(key: Contactable, what: Given | Typed): CodeTo | null;
  /** What happens, in the transaction that spends the code; a refusal undoes all of it and ends the act. */
  effect(needs: ActNeeds, typed: Typed, subject: Subject): Promise<ActRefusal | null>;
  /** What the key's phone and e-mail hear of it, as they are then; `formerEmail` too, if there was another. */
  told(typed: Typed): { say(words: MessageWords): string; readonly formerEmail?: string | null };
  /** What history and audit say beside the proof: never a value. */
  audited(typed: Typed): { readonly kind: EventKind; readonly detail?: Readonly<Record<string, string>> };
}

export interface Owned extends OwnedKey {
  readonly citizenId: string;
}

export type Contactable = Pick<OwnedKey, "phone" | "email">;

/** To whose key it is done, and in whose browser. */
export interface Subject {
  readonly keyId: string;
  readonly browser: string;
}
