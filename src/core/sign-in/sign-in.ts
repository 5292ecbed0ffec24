import type { Activity } from "#core/activity";
import { attributesOf } from "#core/citizens";
import type { Citizens } from "#core/citizens";
import { maskedPhone } from "#core/messages";
import type { Messages } from "#core/messages";
import type { KeySummary, MobileKeys } from "#core/mobile-keys";
import type { FreshCode, OneTimeCodes } from "#core/one-time-codes";
import type { AttributeName, Portal, Portals, RequestedAttribute } from "#core/portals";
import { untilShort } from "#platform/batches";
import { fingerprint } from "#platform/fingerprint";
import type { Floor } from "#platform/floor";
import { done, refused } from "#platform/outcome";
import type { Answer, SignIn, SignInRequest, SignInStep, SignInView, Visitor, WayBack } from "./contract.ts";
import { ownerWarnings } from "./owner-warnings.ts";
import { figures, granted, reachedLevel, sessionCovers, stepAfterCode } from "./rules.ts";
import * as store from "./store.ts";
import type { NewSession, RequestRow } from "./store.ts";

interface Profile {
  readonly name: string;
  readonly values: Readonly<Partial<Record<AttributeName, string | null>>>;
}

/** No secret has it. */
const nobodyHash = Buffer.alloc(0);

export interface SignInNeeds {
  readonly floor: Floor;
  readonly portals: Portals;
  readonly citizens: Citizens;
  readonly keys: MobileKeys;
  readonly codes: OneTimeCodes;
  readonly messages: Messages;
  readonly activity: Activity;
}

export function createSignIn({ floor, portals, citizens, keys, codes, messages, activity }: SignInNeeds) {
  const { db, clock, random, secrets } = floor;
  const after = (milliseconds: number) => new Date(clock.now().getTime() + milliseconds);
  const load = (id: string, { session, signedIn }: Visitor) => {
    const signedInHash = signedIn === null ? nobodyHash : fingerprint(signedIn);
    return store.loadRequest(db, id, fingerprint(session), signedInHash, clock.now(), after(-figures.sessionIdle));
  };
  const warnings = ownerWarnings({ floor, keys, messages });

  /** The request of this browser. A portal disabled meanwhile ends its sign-ins at once. */
  async function open(id: string, visitor: Visitor) {
    const request = await load(id, visitor);
    const portal = request && (await portals.find(request.portalId));
    return request && portal ? { ...done, request, portal } : refused("sign-in.gone");
  }

  /** The request when it stands at that step in this browser. */
  async function at(step: SignInStep, id: string, visitor: Visitor) {
    const opened = await open(id, visitor);
    return !opened.ok || opened.request.step === step ? opened : refused("sign-in.out-of-step");
  }

  async function coveringSession(asked: SignInRequest, { signedIn }: Visitor) {
    if (signedIn === null || asked.fresh) return null;
    const session = await store.touchSession(db, fingerprint(signedIn), clock.now(), after(-figures.sessionIdle));
    if (!session || !sessionCovers(session, asked.attributes, asked.level, clock.now())) return null;
    const key = await keys.loadUsable(session.keyId);
    return key && { ...session, key };
  }

  /** A session of its own for this proof, under a new secret: one known from before would be session fixation. The browser's old one ends. */
  function newSession(request: RequestRow, key: KeySummary, { signedIn }: Visitor): NewSession & { secret: string } {
    const [secret, now] = [random.token(), clock.now()];
    const session = {
      id: random.uuid(),
      keyId: key.id,
      citizenId: key.citizenId,
      level: reachedLevel(key.level),
      attributes: request.attributes.map(({ name }) => name),
      authenticatedAt: now,
      seenAt: now,
      endsAt: after(figures.sessionLives),
    };
    const replaces = signedIn === null ? nobodyHash : fingerprint(signedIn);
    return { ...session, secret, secretHash: fingerprint(secret), replaces };
  }

  /** What may be told of whoever proved who they are: read once, sealed with the sign-in until it is answered. */
  async function profileFor(id: string, asked: readonly RequestedAttribute[], key: KeySummary): Promise<Buffer> {
    const citizen = await citizens.load(key.citizenId);
    if (!citizen) throw new Error("a proven sign-in has lost its citizen");
    const all = { ...attributesOf(citizen), phone: key.phone, email: key.email };
    const values = Object.fromEntries(asked.map(({ name }) => [name, all[name]]));
    return sealed(id, { name: citizen.name, values } satisfies Profile);
  }

  /** `as`: sealed, so it is what `profileFor` wrote. */
  async function profileOf({ id, granted: contents }: RequestRow): Promise<Profile> {
    if (!contents) throw new Error("a proven sign-in has lost its profile");
    return JSON.parse(await secrets.open("personal", contents, `sign-in ${id}`)) as Profile;
  }

  async function codeView({ codeId }: RequestRow): Promise<SignInView["code"]> {
    return codeId === null ? null : codes.standing(codeId);
  }

  async function consentView(request: RequestRow): Promise<SignInView["consent"]> {
    const { name, values } = await profileOf(request);
    return { name, attributes: request.attributes.map((asked) => ({ ...asked, value: values[asked.name] ?? null })) };
  }

  async function sendCode(key: KeySummary, portal: Portal, { digits, minutes, expiresAt }: FreshCode): Promise<void> {
    await messages.sendCode(key, (words) => words.signInCode(digits, portal.name[key.language], minutes), expiresAt);
  }

  const sealed = (id: string, values: object) => secrets.seal("personal", JSON.stringify(values), `sign-in ${id}`);

  const waysBack = new Map<string, WayBack>();

  const signIn: SignIn = {
    giveWayBack: (name, wayBack) => void waysBack.set(name, wayBack),

    async begin(asked, visitor) {
      const portal = await portals.find(asked.portalId);
      if (!portal || !asked.attributes.every(({ name }) => portal.attributes.includes(name))) {
        throw new Error(`a protocol let portal ${asked.portalId} ask what it may not`);
      }
      const session = await coveringSession(asked, visitor);
      const id = random.token();
      const proof = session
        ? {
            step: "consent" as const,
            keyId: session.keyId,
            citizenId: session.citizenId,
            reachedLevel: session.level,
            authenticatedAt: session.authenticatedAt,
            signedInId: session.id,
          }
        : {
            step: "identify" as const,
            keyId: null,
            citizenId: null,
            reachedLevel: null,
            authenticatedAt: null,
            signedInId: null,
          };
      const { portalId, attributes, level, reference, returnTo, memory = null, wayBack = null } = asked;
      const row = {
        id,
        portalId,
        attributes,
        level,
        reference,
        returnTo,
        memory,
        wayBack,
        codeId: null,
        outcome: null,
        granted: session && (await profileFor(id, attributes, session.key)),
        ...proof,
      };
      const timed = { ...row, expiresAt: after(figures.requestLives) };
      const kept = await store.insertRequest(db, timed, fingerprint(visitor.session), clock.now());
      // Under way in another browser: an id nobody has leads to the page that says it is gone.
      return kept ?? { id, step: proof.step };
    },

    async view(id, visitor) {
      const opened = await open(id, visitor);
      if (!opened.ok) return opened;
      const { request, portal } = opened;
      const { name, homeUrl, redirectUris } = portal;
      const view: SignInView = {
        id,
        step: request.step,
        portal: { id: request.portalId, name, homeUrl, redirectOrigins: originsOf(redirectUris) },
        attributes: request.attributes,
        expiresAt: request.expiresAt,
        code: request.step === "code" ? await codeView(request) : null,
        consent: request.step === "consent" ? await consentView(request) : null,
        returnTo: request.returnTo,
      };
      return { ...done, view };
    },

    async identify(id, visitor, { phone, pin }) {
      const found = await at("identify", id, visitor);
      if (!found.ok) return found;
      if (await messages.holdsOff(visitor.address)) return refused("address.too-many");
      const checked = await keys.checkPin(phone, pin, visitor.browser);
      if (!checked.right) {
        await messages.countMiss(visitor.address);
        await warnings.queue(phone, checked);
        return refused("sign-in.refused");
      }
      const { request, portal } = found;
      const { key, lane } = checked;
      const admitted = await messages.admitCode({ phone, address: visitor.address, portalId: portal.id });
      return db.transaction(async () => {
        const fresh = admitted ? await codes.issue("sign-in", request.id, maskedPhone(key.phone)) : null;
        const moved = fresh !== null && (await store.moveToCode(db, id, key.id, key.citizenId, fresh.id));
        await keys.acceptPin(key.id, lane);
        if (!fresh) return refused("sms.too-many");
        // Whoever pressed twice gets one code: a second would kill nothing and be right nowhere.
        if (!moved) return refused("sign-in.out-of-step");
        await sendCode(key, portal, fresh);
        return done;
      });
    },

    async resend(id, visitor) {
      const found = await at("code", id, visitor);
      if (!found.ok) return found;
      const { request, portal } = found;
      const key = request.keyId === null ? null : await keys.loadUsable(request.keyId);
      const { codeId } = request;
      if (!key || codeId === null) return refused("sign-in.gone");
      if (!(await messages.admitCode({ phone: key.phone, address: visitor.address, portalId: portal.id })))
        return refused("sms.too-many");
      return db.transaction(async () => {
        const reissued = await codes.reissue(codeId);
        if (!reissued.ok) return reissued;
        await sendCode(key, portal, reissued.fresh);
        return done;
      });
    },

    async confirm(id, visitor, code) {
      const found = await at("code", id, visitor);
      if (!found.ok) return found;
      const { request } = found;
      const { keyId, codeId } = request;
      if (keyId === null || codeId === null) return refused("sign-in.gone");
      const counted = await keys.countCodeTry(keyId);
      if (counted === null) return refused("code.used-up");
      const compared = await codes.compare(codeId, code);
      if (!compared.ok) return codeRefused(request, keyId, counted.left, compared.refusal);
      const { key } = counted;
      const profile = key.pinTemporary ? null : await profileFor(id, request.attributes, key);
      const session = key.pinTemporary ? null : newSession(request, key, visitor);
      return db.transaction(async () => {
        const proven = { step: stepAfterCode(key.pinTemporary), level: reachedLevel(key.level), at: clock.now(), profile };
        // First of all, for it also locks the request: of parallel right codes one goes on, and a slow one cannot carry the
        // proof of one key into a sign-in that meanwhile went back and identified another.
        if (!(await store.moveOn(db, request, proven, session))) {
          await keys.takeBackCodeTry(keyId);
          return refused("sign-in.out-of-step");
        }
        const success = await keys.recordSuccess(keyId, visitor.browser);
        if (!success) {
          await store.end(db, id);
          return refused("sign-in.gone");
        }
        if (success.newBrowser && session) await tellOfNewBrowser(key, request, found.portal);
        return { ...done, signedIn: session?.secret ?? null };
      });
    },

    async choosePin(id, visitor, pin) {
      const found = await at("new-pin", id, visitor);
      if (!found.ok) return found;
      const { request } = found;
      const key = request.keyId === null ? null : await keys.load(request.keyId);
      const citizen = key && (await citizens.load(key.citizenId));
      if (!key || !citizen) return refused("sign-in.gone");
      const numbers = [citizen.civilId, citizen.taxNumber ?? "", citizen.documentNumber];
      const weakness = await keys.judgeNewPin(key.id, pin, { birthDate: citizen.birthDate, numbers });
      if (weakness) return refused(weakness);
      const record = await keys.preparePin(key.id, pin);
      const profile = await profileFor(id, request.attributes, key);
      const session = newSession(request, key, visitor);
      return db.transaction(async () => {
        const proven = { step: "consent", level: reachedLevel(key.level), at: clock.now(), profile } as const;
        if (!(await store.moveOn(db, request, proven, session))) return refused("sign-in.out-of-step");
        if (!(await keys.activate(key.id, record))) {
          await store.end(db, id);
          return refused("sign-in.gone");
        }
        await activity.record({ kind: "activation.completed", citizenId: key.citizenId, portalId: request.portalId });
        await messages.tell(key, (words) => words.keyActive(), `active ${key.id}`);
        return { ...done, signedIn: session.secret };
      });
    },

    async decide(id, visitor, decision, kept) {
      const found = await at("consent", id, visitor);
      if (!found.ok) return found;
      const { request } = found;
      if (decision === "refuse") return end(request, "consent", "refused", {});
      // Somebody may have signed out in another tab, or the key may have ended.
      const isStillSignedIn = request.signedInAs !== null && request.signedInAs === request.citizenId;
      const key = request.keyId === null || !isStillSignedIn ? null : await keys.loadUsable(request.keyId);
      if (!key) return refused("sign-in.gone");
      const { values } = await profileOf(request);
      return end(request, "consent", "authorised", granted(request.attributes, kept, values));
    },

    async cancel(id, visitor) {
      const request = await load(id, visitor);
      if (!request) return refused("sign-in.gone");
      const ended = await end(request, null, "refused", {});
      return ended.ok ? ended : { ...done, returnTo: request.returnTo };
    },

    async answer(reference, visitor) {
      const request = await store.takeAnswer(db, reference, fingerprint(visitor.session), clock.now());
      return request && answerOf(request);
    },

    async signOut({ signedIn }) {
      if (signedIn !== null) await store.deleteSession(db, fingerprint(signedIn));
    },
  };

  type Granted = Partial<Record<AttributeName, string>>;

  async function end(request: RequestRow, from: SignInStep | null, outcome: "authorised" | "refused", values: Granted) {
    const wayBack = request.wayBack === null ? undefined : waysBack.get(request.wayBack);
    const isKept = outcome === "authorised" && wayBack === undefined;
    const contents = isKept ? await sealed(request.id, values) : null;
    const answer = { ...answerWith(request, outcome, values), ...remembered(request) };
    return db.transaction(async () => {
      const ending = {
        outcome,
        granted: contents,
        expiresAt: after(figures.answerLives),
        answeredAt: wayBack ? clock.now() : null,
      };
      if (!(await store.finish(db, request.id, from, ending))) return refused("sign-in.out-of-step");
      const { citizenId, portalId } = request;
      const kind = outcome === "authorised" ? "sign-in.authorised" : "sign-in.refused-by-person";
      await activity.record({ kind, citizenId, portalId, detail: { attributes: Object.keys(values) } });
      return { ...done, returnTo: wayBack ? await wayBack(answer, request.memory ?? "") : request.returnTo };
    });
  }

  async function answerOf(request: RequestRow): Promise<Answer> {
    const { outcome, granted: contents } = request;
    if (outcome !== "authorised" || !contents) return { ...answerWith(request, "refused", {}), ...remembered(request) };
    const values = JSON.parse(await secrets.open("personal", contents, `sign-in ${request.id}`)) as Granted;
    return { ...answerWith(request, outcome, values), ...remembered(request) };
  }

  async function codeRefused(request: RequestRow, keyId: string, triesLeft: number, refusal: "code.wrong" | "code.expired") {
    if (refusal === "code.expired") {
      await keys.takeBackCodeTry(keyId); // Nothing was compared.
      await store.moveToIdentify(db, request);
      return refused(refusal);
    }
    if (triesLeft > 0) return refused(refusal, { triesLeft });
    await tellOfLock(request);
    return refused("code.used-up");
  }

  /** Three codes were wrong after a right PIN, which somebody else probably knows: the owner must hear of it, once. */
  async function tellOfLock(request: RequestRow): Promise<void> {
    const key = request.keyId === null ? null : await keys.load(request.keyId);
    if (!key) return;
    await db.transaction(async () => {
      await activity.record({ kind: "key.locked", citizenId: key.citizenId, portalId: request.portalId });
      await messages.warn(key, (words) => words.keyLocked(), `locked ${request.codeId ?? ""}`);
    });
  }

  async function tellOfNewBrowser(key: KeySummary, request: RequestRow, portal: Portal): Promise<void> {
    await messages.tell(key, (words) => words.newBrowser(portal.name[key.language]), `browser ${request.id}`);
  }

  async function purge(): Promise<void> {
    await untilShort((limit) => store.purgeRequests(db, clock.now(), limit));
    await untilShort((limit) => store.purgeSessions(db, clock.now(), limit));
  }

  return { ...signIn, jobKinds: warnings.jobKinds, purge };
}

const remembered = ({ memory }: RequestRow) => (memory === null ? {} : { memory });

function answerWith(
  request: RequestRow,
  outcome: "authorised" | "refused",
  attributes: Partial<Record<AttributeName, string>>,
): Answer {
  if (outcome === "refused") return { outcome };
  const { citizenId, portalId, reachedLevel: level, authenticatedAt, signedInId: sessionId } = request;
  if (citizenId === null || level === null || authenticatedAt === null || sessionId === null)
    throw new Error("an authorised sign-in lacks its proof");
  return { outcome, citizenId, portalId, level, attributes, authenticatedAt, sessionId };
}

function originsOf(addresses: readonly string[]): string[] {
  return [...new Set(addresses.map((address) => new URL(address).origin))];
}
