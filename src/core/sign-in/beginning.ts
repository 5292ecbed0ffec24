/** A portal asks. */
import { keyOf } from "#core/vocabulary";
import type { Visitor } from "#core/vocabulary";
import { fingerprint } from "#platform/fingerprint";
import type { Begun, SignInRequest } from "./contract.ts";
import type { Needs } from "./needs.ts";
import { sealProfile } from "./profiles.ts";
import { figures } from "./rules.ts";
import * as store from "./store.ts";
import type { RequestRow } from "./store.ts";
import { wayBackOf } from "./way-back.ts";

export async function begin(needs: Needs, asked: SignInRequest, visitor: Visitor): Promise<Begun> {
  const { db, clock, random } = needs.floor;
  await requireAllowed(needs, asked);
  const isFetched = wayBackOf(needs, asked) === "fetched";
  const request = store.newRequest(random.token(), asked, new Date(clock.now().getTime() + figures.requestLives));
  const { id } = request;
  const spared = await sparedBySession(needs, request, asked, visitor);
  const isCarried = !spared && !isFetched;
  const slip = isCarried ? await needs.slips.issue(id, visitor.session, asked, request.expiresAt) : null;
  if (slip !== null) return { id, step: "identify", slip };
  const row = await store.insertRequest(db, spared ?? request, fingerprint(visitor.session), isFetched, clock.now());
  // Under way in another browser: an id nobody has leads to the page that says it is gone.
  return { ...(row ?? { id, step: request.step }), slip: null };
}

/** The protocol judged the request; that it let through what the portal may not ask would be a bug. */
async function requireAllowed({ portals }: Needs, { portalId, attributes }: SignInRequest): Promise<void> {
  const portal = await portals.find(portalId);
  if (!portal || !attributes.every(({ name }) => portal.attributes.includes(name)))
    throw new Error(`a protocol let portal ${portalId} ask what it may not`);
}

/** What a living session spares the person: they are at the consent at once. */
async function sparedBySession(
  needs: Needs,
  request: RequestRow,
  { fresh, attributes, level }: SignInRequest,
  visitor: Visitor,
): Promise<RequestRow | null> {
  const names = attributes.map(({ name }) => name);
  const session = fresh ? null : await needs.sessions.covering(visitor, { attributes: names, level });
  if (!session) return null;
  const { proof, citizenId, level: reachedLevel, authenticatedAt, sessionId: signedInId } = session;
  const contact = session.key ?? (await needs.proofs.contactOf(citizenId));
  const profile = await sealProfile(needs.floor.secrets, request, contact, await needs.citizens.load(citizenId));
  const standing = { proof, keyId: keyOf(proof), citizenId, reachedLevel, authenticatedAt, signedInId };
  return { ...request, ...standing, step: "consent", profile };
}
