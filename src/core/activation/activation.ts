import type { Activity } from "#core/activity";
import type { Citizens, CivilRegistry, RegisteredPerson } from "#core/citizens";
import { maskedPhone } from "#core/messages";
import type { Messages, PostalCarrier } from "#core/messages";
import { validUntil } from "#core/mobile-keys";
import type { MobileKeys } from "#core/mobile-keys";
import type { OneTimeCodes } from "#core/one-time-codes";
import { untilShort } from "#platform/batches";
import { isUnavailable } from "#platform/faults";
import { fingerprint } from "#platform/fingerprint";
import type { Floor } from "#platform/floor";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import { judgeEligibility } from "./channels/tax-letter/eligibility.ts";
import { createLetters } from "./channels/tax-letter/letters.ts";
import type { TaxAuthority } from "./channels/tax-letter/tax-authority.ts";
import type { Activation, ActivationRefusal, Applicant, Step } from "./contract.ts";
import * as store from "./store.ts";
import type { ActivationRow } from "./store.ts";

export interface ActivationNeeds {
  readonly floor: Floor;
  readonly people: { readonly citizens: Citizens; readonly registry: CivilRegistry; readonly taxAuthority: TaxAuthority };
  readonly keys: MobileKeys;
  readonly codes: OneTimeCodes;
  readonly messages: Messages;
  readonly activity: Activity;
  readonly post: PostalCarrier;
}

export const figures = {
  /** From the first click to the code, in milliseconds. */
  lives: 30 * 60_000,
  /** The page "letter on its way" can be looked at again this long. */
  doneLives: 24 * 3600 * 1000,
} as const;

/** What was learned and typed so far; sealed at rest, wiped at the end. */
interface ApplicantFile {
  readonly person: RegisteredPerson;
  readonly contact: { readonly phone: string; readonly email: string | null; readonly consentAt: string } | null;
}

export function createActivation({ floor, people, keys, codes, messages, activity, post }: ActivationNeeds) {
  const { db, clock, random, secrets } = floor;
  const { citizens, registry, taxAuthority } = people;
  const letters = createLetters({ floor, keys, messages, activity, post });
  const after = (milliseconds: number) => new Date(clock.now().getTime() + milliseconds);
  const load = ({ session }: Applicant) => store.loadActivation(db, fingerprint(session), clock.now());

  const seal = (id: string, what: string, data: unknown) =>
    secrets.seal("personal", JSON.stringify(data), `activation ${id} ${what}`);
  const open = (id: string, what: string, sealed: Buffer) => secrets.open("personal", sealed, `activation ${id} ${what}`);

  async function fileOf({ id, applicant }: ActivationRow): Promise<ApplicantFile | null> {
    return applicant && (JSON.parse(await open(id, "applicant", applicant)) as ApplicantFile);
  }

  /** Any error ends it: what was typed is wiped and only a new start is offered (the seed's rule). */
  async function end<Refusal extends ActivationRefusal>(id: string, refusal: Refusal) {
    await store.endActivation(db, id, refusal, clock.now());
    return refused(refusal);
  }

  /** The activation at that step in this browser, with what was learned so far. */
  async function at(step: Step, applicant: Applicant) {
    const row = await load(applicant);
    const { activation: expected = row?.id } = applicant;
    if (!row || expected !== row.id) return refused("activation.gone");
    if (row.step !== step) return refused("activation.out-of-step");
    const file = await fileOf(row);
    return file ? { ...done, row, file } : refused("activation.gone");
  }

  /** Somebody else's system failing is an answer here: the person is told to start again later. */
  async function reached<Result>(call: Promise<Result>): Promise<Result | null> {
    try {
      return await call;
    } catch (fault) {
      if (isUnavailable(fault)) return null;
      throw fault;
    }
  }

  async function judgePerson(person: RegisteredPerson, name: string): Promise<ActivationRefusal | null> {
    const citizenId = await citizens.idOf(person.civilId);
    const key = citizenId === null ? null : await keys.living(citizenId);
    const earlier = citizenId === null ? [] : await letters.earlier(citizenId);
    return judgeEligibility({ person, name, key: key?.state ?? null, letters: earlier, now: clock.now() });
  }

  async function identified(id: string, taxNumber: string, name: string): Promise<Outcome<object, ActivationRefusal>> {
    const found = await reached(registry.findByTaxNumber(taxNumber).then((person) => ({ person })));
    if (!found) return end(id, "registry.unavailable");
    if (!found.person) return end(id, "person.unknown");
    await letters.endSpent();
    const refusal = await judgePerson(found.person, name);
    if (refusal) return end(id, refusal);
    const file: ApplicantFile = { person: found.person, contact: null };
    const to = {
      from: "identify",
      to: "contact",
      codeId: null,
      letterReference: null,
      expiresAt: after(figures.lives),
    } as const;
    const moved = await store.move(db, id, { ...to, applicant: await seal(id, "applicant", file) });
    return moved ? done : refused("activation.gone");
  }

  /** The key, its letter and everything that must be told, in one transaction. */
  async function complete(
    row: ActivationRow & { codeId: string },
    applicant: Applicant,
    { person, contact }: ApplicantFile,
  ): Promise<Outcome<object, ActivationRefusal>> {
    if (!contact || !person.document || !person.address) return end(row.id, "activation.gone");
    const { document, address } = person;
    const keyId = random.uuid();
    const temporaryPin = letters.drawPin();
    const pin = await keys.preparePin(keyId, temporaryPin);
    const { phone, email } = contact;
    const { language } = applicant;

    const outcome = await db.transaction(async () => {
      if (!(await store.hold(db, row.id, "code"))) return refused("activation.out-of-step");
      // Judged anew: several browsers may have been found eligible before one of them was the first to get a letter.
      const refusal = await judgePerson(person, person.name);
      if (refusal) return refused(refusal);
      if (!(await codes.spend(row.codeId))) throw new Error("a code was spent for an activation that still waits for it");
      const { id: citizenId } = await citizens.remember(person);
      const [state, channel] = ["pending-letter", "tax-letter"] as const;
      const times = { pinTemporary: true, pinExpiresAt: letters.pinExpiry(), validUntil: validUntil(document, clock.now()) };
      const key = { id: keyId, citizenId, state, channel, level: 3, phone, email, language, ...times };
      if (!(await keys.create(key, pin))) return refused((await keys.living(citizenId)) ? "key.exists" : "phone.taken");
      await keys.recordBrowser(keyId, applicant.browser);
      const addressLines = [...address.lines, `${address.postalCode} ${address.locality}`];
      const { civilId, name } = person;
      const letterReference = await letters.queue({ keyId, citizenId, civilId, name, addressLines, phone, temporaryPin });
      const to = {
        from: "code",
        to: "done",
        applicant: null,
        codeId: null,
        letterReference,
        expiresAt: after(figures.doneLives),
      } as const;
      await store.move(db, row.id, to);
      await activity.record({
        kind: "activation.requested",
        citizenId,
        detail: { channel, letter: letterReference, consentAt: contact.consentAt },
      });
      await messages.tell(
        { phone, email, language },
        (words) => words.letterRequested(letterReference),
        `requested ${letterReference}`,
      );
      return done;
    });
    return outcome.ok || outcome.refusal === "activation.out-of-step" ? outcome : end(row.id, outcome.refusal);
  }

  const activation: Activation = {
    async begin({ session }) {
      const begun = await reached(taxAuthority.begin());
      if (!begun) return refused("tax-authority.unavailable");
      const id = random.uuid();
      const memory = await seal(id, "memory", begun.memory);
      await store.replaceActivation(db, id, fingerprint(session), memory, clock.now(), after(figures.lives));
      return { ...done, url: begun.url };
    },

    async identify(applicant, query) {
      const taken = await store.takeMemory(db, fingerprint(applicant.session), clock.now());
      if (!taken) return refused((await load(applicant)) ? "activation.out-of-step" : "activation.gone");
      const memory = JSON.parse(await open(taken.id, "memory", taken.memory)) as string;
      const told = await reached(taxAuthority.finish(query, memory));
      if (!told) return end(taken.id, "tax-authority.unavailable");
      if (told.outcome !== "identified") return end(taken.id, `tax-authority.${told.outcome}`);
      return identified(taken.id, told.taxNumber, told.name);
    },

    async view(applicant) {
      const row = await load(applicant);
      if (!row) return refused("activation.gone");
      const file = await fileOf(row);
      const standing = row.step === "code" && row.codeId !== null ? await codes.standing(row.codeId) : null;
      return {
        ...done,
        view: {
          id: row.id,
          step: row.step,
          givenNames: file?.person.givenNames ?? "",
          code: standing,
          letter: row.letterReference === null ? null : await letters.view(row.letterReference),
        },
      };
    },

    async giveContact(applicant, { phone, email }) {
      const found = await at("contact", applicant);
      if (!found.ok) return found;
      const { row, file } = found;
      if (!(await messages.admitCode({ phone, address: applicant.address }))) return end(row.id, "sms.too-many");
      const contact = { phone, email, consentAt: clock.now().toISOString() };
      const sealed = await seal(row.id, "applicant", { ...file, contact });
      return db.transaction(async () => {
        const fresh = await codes.issue("activation", row.id, maskedPhone(phone));
        const to = { from: "contact", to: "code", letterReference: null, expiresAt: after(figures.lives) } as const;
        if (!(await store.move(db, row.id, { ...to, applicant: sealed, codeId: fresh.id })))
          return refused("activation.out-of-step");
        const { language } = applicant;
        await messages.sendCode(
          { phone, language },
          (words) => words.activationCode(fresh.digits, fresh.minutes),
          fresh.expiresAt,
        );
        return done;
      });
    },

    async resend(applicant) {
      const found = await at("code", applicant);
      if (!found.ok) return found;
      const { codeId, id } = found.row;
      const phone = found.file.contact?.phone;
      if (codeId === null || phone === undefined) return refused("activation.gone");
      if (!(await messages.admitCode({ phone, address: applicant.address }))) return end(id, "sms.too-many");
      return db.transaction(async () => {
        const reissued = await codes.reissue(codeId);
        if (!reissued.ok) return reissued;
        const { digits, minutes, expiresAt } = reissued.fresh;
        const { language } = applicant;
        await messages.sendCode({ phone, language }, (words) => words.activationCode(digits, minutes), expiresAt);
        return done;
      });
    },

    async confirm(applicant, code) {
      const found = await at("code", applicant);
      if (!found.ok) return found;
      const { row, file } = found;
      if (row.codeId === null) return end(row.id, "activation.gone");
      const checked = await codes.check(row.codeId, code);
      if (checked.ok) return complete({ ...row, codeId: row.codeId }, applicant, file);
      // Pressed often at once: a wrong code ends it by itself, so what used up the tries was right, and is at its work.
      if (checked.refusal === "code.spent" || checked.refusal === "code.used-up") return refused("activation.out-of-step");
      return end(row.id, checked.refusal === "code.expired" ? "code.expired" : "code.wrong");
    },

    async cancel(applicant) {
      const row = await load(applicant);
      if (row) await store.endActivation(db, row.id, "cancelled", clock.now());
    },
  };

  return {
    ...activation,
    jobKinds: letters.jobKinds,
    endSpent: letters.endSpent,
    purge: () => untilShort((limit) => store.purge(db, clock.now(), limit)),
  };
}
