import type { Visitor } from "#core/vocabulary";
import type { Activity } from "#core/activity";
import type { CitizenCards } from "#core/citizen-cards";
import type { Citizens } from "#core/citizens";
import type { Messages } from "#core/messages";
import type { MobileKeys } from "#core/mobile-keys";
import type { OneTimeCodes } from "#core/one-time-codes";
import type { Portals } from "#core/portals";
import { untilShort } from "#platform/batches";
import { fingerprint } from "#platform/fingerprint";
import type { Floor } from "#platform/floor";
import { done, refused } from "#platform/outcome";
import type { SignIn, SignInRequest, SignInView } from "./contract.ts";
import { createCardProving, createContactOf } from "./card.ts";
import { createDeciding } from "./deciding.ts";
import { createRecentSignIns } from "./recent-sign-ins.ts";
import { createProfiles } from "./profiles.ts";
import { createProving } from "./proving.ts";
import { createRequests } from "./requests.ts";
import { figures, isForCardOnly, provenBy, sessionCovers } from "./rules.ts";
import * as sessionStore from "./session-store.ts";
import * as store from "./store.ts";
import type { RequestRow } from "./store.ts";
import { createSlips } from "./slips.ts";

export interface SignInNeeds {
  readonly floor: Floor;
  readonly portals: Portals;
  readonly people: { readonly citizens: Citizens; readonly keys: MobileKeys; readonly cards: CitizenCards };
  readonly codes: OneTimeCodes;
  readonly messages: Messages;
  readonly activity: Activity;
}

export function createSignIn({ floor, portals, people, codes, messages, activity }: SignInNeeds) {
  const { citizens, keys } = people;
  const { db, clock, random, secrets } = floor;
  const after = (milliseconds: number) => new Date(clock.now().getTime() + milliseconds);
  const slips = createSlips({ secrets, clock });
  const requests = createRequests({ floor, portals, slips });
  const kept = { requests, profiles: createProfiles(secrets), recent: createRecentSignIns(clock) };
  const { profiles, recent } = kept;
  const proving = createProving({ floor, people, codes, messages, activity, kept });
  const byCard = createCardProving({ floor, people, activity, kept });
  const contactOf = createContactOf(keys);
  const deciding = createDeciding({ floor, keys, activity, kept });

  const seen = (signedIn: string) =>
    sessionStore.touchSession(db, fingerprint(signedIn), clock.now(), after(-figures.sessionIdle));

  async function coveringSession(asked: SignInRequest, { signedIn }: Visitor) {
    if (signedIn === null || asked.fresh) return null;
    const session = await seen(signedIn);
    if (!session || !sessionCovers(session, asked.attributes, asked.level, clock.now())) return null;
    if (session.keyId === null) return { ...session, contact: await contactOf(session.citizenId) };
    const key = await keys.loadUsable(session.keyId);
    return key && { ...session, contact: key };
  }

  /** What a living session spares the person: they are at the consent at once. */
  async function spared(request: RequestRow, asked: SignInRequest, visitor: Visitor): Promise<RequestRow | null> {
    const session = await coveringSession(asked, visitor);
    if (!session) return null;
    const { keyId, citizenId, level: reachedLevel, authenticatedAt, id: signedInId } = session;
    const profile = await profiles.make(request.id, request.attributes, session.contact, await citizens.load(citizenId));
    return { ...request, step: "consent", keyId, citizenId, reachedLevel, authenticatedAt, signedInId, granted: profile };
  }

  function codeView({ code }: RequestRow): SignInView["code"] {
    return code && { maskedPhone: code.maskedPhone, expiresAt: code.expiresAt, resendAt: codes.resendAt(code) };
  }

  async function consentView(request: RequestRow): Promise<SignInView["consent"]> {
    const { name, values } = await profiles.read(request);
    return { name, attributes: request.attributes.map((asked) => ({ ...asked, value: values[asked.name] ?? null })) };
  }

  const signIn: SignIn = {
    ...proving,
    ...byCard,
    ...deciding,

    async begin(asked, visitor) {
      const portal = await portals.find(asked.portalId);
      if (!portal || !asked.attributes.every(({ name }) => portal.attributes.includes(name))) {
        throw new Error(`a protocol let portal ${asked.portalId} ask what it may not`);
      }
      const request = store.newRequest(random.token(), asked, after(figures.requestLives));
      const { id } = request;
      const sparing = await spared(request, asked, visitor);
      const isCarried = !sparing && asked.wayBack !== undefined;
      const slip = isCarried ? await slips.issue(id, visitor.session, asked, request.expiresAt) : null;
      if (slip !== null) return { id, step: "identify", slip };
      const row = await store.insertRequest(db, sparing ?? request, fingerprint(visitor.session), clock.now());
      // Under way in another browser: an id nobody has leads to the page that says it is gone.
      return { ...(row ?? { id, step: request.step }), slip: null };
    },

    async view(id, visitor, at) {
      const written = recent.written(id, visitor.session, at);
      const opened = await (written ? requests.withPortal(written) : requests.open(id, visitor, at));
      if (!opened.ok) return opened;
      const { request, portal } = opened;
      // Whoever has left is shown no more of themselves.
      if (request.step === "consent" && request.signedInAs !== request.citizenId) return refused("sign-in.gone");
      recent.note(request);
      const { name, homeUrl, isOurselves = false } = portal;
      const view: SignInView = {
        id,
        step: request.step,
        portal: { id: request.portalId, name, homeUrl, isOurselves, redirectOrigins: request.returnOrigins },
        attributes: request.attributes,
        cardOnly: isForCardOnly(request.level),
        expiresAt: request.expiresAt,
        code: request.step === "code" ? codeView(request) : null,
        by: provenBy(request),
        consent: request.step === "consent" ? await consentView(request) : null,
        returnTo: request.returnTo,
      };
      return { ...done, view };
    },

    async whoIsHere({ signedIn }) {
      const session = signedIn === null ? null : await seen(signedIn);
      if (!session) return null;
      const { id: sessionId, keyId, citizenId, level, authenticatedAt } = session;
      if (keyId !== null && !(await keys.loadUsable(keyId))) return null;
      return { sessionId, keyId, citizenId, level, authenticatedAt };
    },

    endProvenWith: (keyId) => store.deleteProvenWith(db, keyId),

    async signOut({ signedIn }) {
      if (signedIn !== null) await sessionStore.deleteSession(db, fingerprint(signedIn));
    },
  };

  async function purge(): Promise<void> {
    await untilShort((limit) => store.purgeRequests(db, clock.now(), limit));
    await untilShort((limit) => sessionStore.purgeSessions(db, clock.now(), limit));
  }

  return { ...signIn, jobKinds: proving.jobKinds, purge };
}
