import { keyOf } from "#core/vocabulary";
import type { Visitor } from "#core/vocabulary";
import type { Activity } from "#core/activity";
import type { CitizenCards } from "#core/citizen-cards";
import type { Citizens } from "#core/citizens";
import type { Messages } from "#core/messages";
import type { MobileKeys } from "#core/mobile-keys";
import type { OneTimeCodes } from "#core/one-time-codes";
import type { Portals } from "#core/portals";
import type { Sessions } from "#core/sessions";
import { untilShort } from "#platform/batches";
import { fingerprint } from "#platform/fingerprint";
import type { Floor } from "#platform/floor";
import { done, refused } from "#platform/outcome";
import { remembering } from "#platform/remembering";
import type { SignIn, SignInRequest, SignInView } from "./contract.ts";
import { createCardProving, createContactOf } from "./card.ts";
import { createDeciding } from "./deciding.ts";
import { createRecentSignIns } from "./recent-sign-ins.ts";
import { createProfiles } from "./profiles.ts";
import { createProving } from "./proving.ts";
import { createRequests } from "./requests.ts";
import { figures, isForCardOnly } from "./rules.ts";
import * as store from "./store.ts";
import type { RequestRow } from "./store.ts";
import { createSlips } from "./slips.ts";

export interface SignInNeeds {
  readonly floor: Floor;
  readonly portals: Portals;
  readonly people: { readonly citizens: Citizens; readonly keys: MobileKeys; readonly cards: CitizenCards };
  readonly sessions: Sessions;
  readonly codes: OneTimeCodes;
  readonly messages: Messages;
  readonly activity: Activity;
}

export function createSignIn({ floor, portals, people, sessions, codes, messages, activity }: SignInNeeds) {
  const { citizens, keys } = people;
  const { db, clock, random, secrets } = floor;
  const after = (milliseconds: number) => new Date(clock.now().getTime() + milliseconds);
  const slips = createSlips({ secrets, clock });
  const requests = createRequests({ floor, portals, sessions, slips });
  const kept = { requests, profiles: createProfiles(secrets), recent: createRecentSignIns(clock) };
  const { profiles, recent } = kept;
  const proving = createProving({ floor, people, sessions, codes, messages, activity, kept });
  const byCard = createCardProving({ floor, people, sessions, activity, kept });
  const contactOf = createContactOf(keys);
  const deciding = createDeciding({ floor, keys, sessions, activity, kept });

  sessions.alsoEnd((keyId, spared) => store.deleteOfKey(db, keyId, spared));

  /** What a living session spares the person: they are at the consent at once. */
  async function spared(request: RequestRow, asked: SignInRequest, visitor: Visitor): Promise<RequestRow | null> {
    const attributes = asked.attributes.map(({ name }) => name);
    const session = asked.fresh ? null : await sessions.covering(visitor, { attributes, level: asked.level });
    if (!session) return null;
    const { proof, citizenId, level: reachedLevel, authenticatedAt, sessionId: signedInId, key } = session;
    const contact = key ?? (await contactOf(citizenId));
    const profile = await profiles.make(request.id, request.attributes, contact, await citizens.load(citizenId));
    const standing = { proof, keyId: keyOf(proof), citizenId, reachedLevel, authenticatedAt, signedInId };
    return { ...request, ...standing, step: "consent", granted: profile };
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
      const { name, homeUrl, redirectUris, isOurselves = false } = portal;
      const view: SignInView = {
        id,
        step: request.step,
        portal: { id: request.portalId, name, homeUrl, isOurselves, redirectOrigins: originsOf(redirectUris) },
        attributes: request.attributes,
        cardOnly: isForCardOnly(request.level),
        expiresAt: request.expiresAt,
        code: request.step === "code" ? codeView(request) : null,
        by: request.proof?.by ?? null,
        consent: request.step === "consent" ? await consentView(request) : null,
        returnTo: request.returnTo,
      };
      return { ...done, view };
    },
  };

  async function purge(): Promise<void> {
    await untilShort((limit) => store.purgeRequests(db, clock.now(), limit));
  }

  return { ...signIn, jobKinds: proving.jobKinds, purge };
}

function originsOf(addresses: readonly string[]): string[] {
  return [...new Set(addresses.map(originOf))];
}

const originOf = remembering((address) => new URL(address).origin);
