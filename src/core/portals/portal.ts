import type { AttributeName, Level, Multilingual } from "#core/vocabulary";

/** What the law knows of a portal, whatever protocol it speaks. */
export interface PortalRegistration {
  /** Printable ASCII without blanks, 256 characters at most: asked for by anybody. */
  readonly id: string;
  readonly name: Multilingual;
  readonly homeUrl: string;
  /** All that this portal may ever ask. */
  readonly attributes: readonly AttributeName[];
  readonly minimumLevel: Level;
}

export interface Portal extends PortalRegistration {
  /** Ourselves: what is ours is given to nobody by entering it, so there is nothing to consent to. */
  readonly isOurselves?: boolean;
}

/** Saves what a protocol keeps of the portal, in the transaction under way. */
export type SaveForProtocol = (portalId: string) => Promise<void>;
