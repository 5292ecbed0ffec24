import type { Activity } from "#core/activity";
import type { Language } from "#core/vocabulary";
import type { CitizenCards } from "#core/citizen-cards";
import type { Citizens, CivilRegistry, RegisteredPerson } from "#core/citizens";
import { maskedPhone } from "#core/messages";
import type { Messages, PostalCarrier } from "#core/messages";
import { validUntil } from "#core/mobile-keys";
import type { MobileKeys } from "#core/mobile-keys";
import type { FreshCode, OneTimeCodes } from "#core/one-time-codes";
import { untilShort } from "#platform/batches";
import { isUnavailable } from "#platform/faults";
import { fingerprint } from "#platform/fingerprint";
import type { Floor } from "#platform/floor";
import { done, refused } from "#platform/outcome";
import type { Outcome } from "#platform/outcome";
import type { ApplicantFile, Channel, Prepared } from "./channels/channel.ts";
import { createCitizenCard } from "./channels/citizen-card/channel.ts";
import { createTaxLetter } from "./channels/tax-letter/channel.ts";
import { createLetters } from "./channels/tax-letter/letters.ts";
import type { TaxAuthority } from "./channels/tax-letter/tax-authority.ts";
import type { Activation, ActivationRefusal, ActivationView, Applicant, ChannelName, Step } from "./contract.ts";
import * as store from "./store.ts";
import type { ActivationRow } from "./store.ts";

export interface ActivationNeeds {
  readonly floor: Floor;
  readonly people: {
    readonly citizens: Citizens;
    readonly registry: CivilRegistry;
    readonly taxAuthority: TaxAuthority;
    readonly cards: CitizenCards;
  };
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

/** A refusal met when something was done already: thrown, so that all of it is undone, and answered outside. */
class Undone extends Error {
  override readonly name = "Undone";
  readonly refusal: ActivationRefusal;
  constructor(refusal: ActivationRefusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

export function createActivation({ floor, people, keys, codes, messages, activity, post }: ActivationNeeds) {
  const { db, clock, random, secrets } = floor;
  const { citizens, registry, taxAuthority, cards } = people;
  const letters = createLetters({ floor, keys, messages, activity, post });
  const taxLetter = createTaxLetter({ floor, citizens, keys, messages, activity, letters });
  const citizenCard = createCitizenCard({ floor, keys, messages, activity, voidLetter: letters.voidOf });
  const channels: Readonly<Record<ChannelName, Channel>> = { "tax-letter": taxLetter, "citizen-card": citizenCard };
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

  /** On to that step, with the file as it is now. */
  async function moveTo(step: Step, row: Pick<ActivationRow, "id" | "step">, file: ApplicantFile) {
    const applicant = await seal(row.id, "applicant", file);
    return store.move(db, row.id, {
      from: row.step,
      to: step,
      letterReference: null,
      expiresAt: after(figures.lives),
      applicant,
    });
  }

  async function known(id: string, channel: Channel, person: RegisteredPerson): Promise<Outcome<object, ActivationRefusal>> {
    const file: ApplicantFile = { person, contact: null, consentAt: null, replaces: null, choice: null };
    const moved = await moveTo(channel.afterIdentifying, { id, step: "identify" }, file);
    return moved ? done : refused("activation.gone");
  }

  async function identified(id: string, taxNumber: string, name: string): Promise<Outcome<object, ActivationRefusal>> {
    const found = await reached(registry.findByTaxNumber(taxNumber).then((person) => ({ person })));
    if (!found) return end(id, "registry.unavailable");
    if (!found.person) return end(id, "person.unknown");
    await letters.endSpent();
    const refusal = await taxLetter.judgeNamed(found.person, name);
    return refusal ? end(id, refusal) : known(id, taxLetter, found.person);
  }

  /** The key and everything that must be told, in one transaction: the one it replaces dies in it, or not at all. */
  async function complete(
    row: ActivationRow,
    applicant: Applicant,
    file: ApplicantFile,
  ): Promise<Outcome<object, ActivationRefusal>> {
    const { person, contact } = file;
    const channel = channels[row.channel];
    const prepared = contact && person.document && (await channel.prepare(file));
    if (!prepared) return end(row.id, "activation.gone");
    try {
      const isDone = await db.transaction(() => make(row, applicant, { ...file, contact }, channel, prepared));
      return isDone ? done : refused("activation.out-of-step");
    } catch (fault) {
      if (fault instanceof Undone) return end(row.id, fault.refusal);
      throw fault;
    }
  }

  async function make(
    row: ActivationRow,
    { browser, language }: Applicant,
    file: ApplicantFile & { contact: NonNullable<ApplicantFile["contact"]> },
    channel: Channel,
    { key, pin, clear, conclude }: Prepared,
  ): Promise<boolean> {
    const { person } = file;
    const contact = { ...file.contact, language };
    if (!(await store.hold(db, row.id, "code"))) return false;
    // Judged anew: several browsers may have been found eligible before one of them was the first to get a key.
    const refusal = await channel.judge(person);
    if (refusal) throw new Undone(refusal);
    const { id: citizenId } = await citizens.remember(person);
    const obstacle = await clear(citizenId);
    if (obstacle) throw new Undone(obstacle);
    const ends = validUntil(person.document ?? { kind: "", expires: "" }, clock.now());
    const made = await keys.create({ ...key, citizenId, channel: channel.name, ...contact, validUntil: ends }, pin);
    if (!made) throw new Undone((await keys.living(citizenId)) ? "key.exists" : "phone.taken");
    await keys.recordBrowser(key.id, browser);
    const letterReference = await conclude({ keyId: key.id, citizenId, file, contact });
    const to = { from: "code", to: "done", applicant: null, letterReference } as const;
    await store.move(db, row.id, { ...to, expiresAt: after(figures.doneLives) });
    return true;
  }

  const sendCode = (phone: string, language: Language, { digits, minutes, expiresAt }: FreshCode) =>
    messages.sendCode({ phone, language }, (words) => words.activationCode(digits, minutes), expiresAt);

  const begin = (id: string, channel: ChannelName, memory: Buffer, session: string) =>
    store.replaceActivation(db, { id, channel, memory, expiresAt: after(figures.lives) }, fingerprint(session), clock.now());

  const activation: Activation = {
    async begin({ session }) {
      const begun = await reached(taxAuthority.begin());
      if (!begun) return refused("tax-authority.unavailable");
      const id = random.uuid();
      const memory = await seal(id, "memory", begun.memory);
      await begin(id, "tax-letter", memory, session);
      return { ...done, url: begun.url };
    },

    async beginWithCard({ session }) {
      const id = random.uuid();
      await begin(id, "citizen-card", await seal(id, "memory", ""), session);
    },

    async askCard(applicant, returnTo) {
      const row = await load(applicant);
      if (row?.channel !== "citizen-card") return refused("activation.gone");
      if (row.step !== "identify") return refused("activation.out-of-step");
      return { ...done, question: await cards.ask(cardPurpose(applicant, row.id), returnTo) };
    },

    async identifyByCard(applicant, proof) {
      const taken = await store.takeMemory(db, "citizen-card", fingerprint(applicant.session), clock.now());
      if (!taken) {
        // Spent all the same: what turns up where it was not asked for serves nowhere any more.
        await cards.identifyByCard(cardPurpose(applicant, ""), proof);
        return refused((await load(applicant)) ? "activation.out-of-step" : "activation.gone");
      }
      const shown = await cards.identifyByCard(cardPurpose(applicant, taken.id), proof);
      if (!shown.ok) return end(taken.id, shown.refusal);
      const refusal = await citizenCard.judge(shown.person);
      return refusal ? end(taken.id, refusal) : known(taken.id, citizenCard, shown.person);
    },

    async cardFailed(applicant, failure) {
      const row = await load(applicant);
      if (row?.channel === "citizen-card" && row.step === "identify") await end(row.id, failure);
    },

    async agree(applicant, decision) {
      const found = await at("consent", applicant);
      if (!found.ok) return found;
      const { row, file } = found;
      if (decision === "refuse") return end(row.id, "consent.refused");
      const citizenId = await citizens.idOf(file.person.civilId);
      const living = citizenId === null ? null : await keys.living(citizenId);
      const agreed = { ...file, consentAt: clock.now().toISOString(), replaces: living?.id ?? null };
      return (await moveTo(living ? "replace" : "contact", row, agreed)) ? done : refused("activation.out-of-step");
    },

    async decideReplacement(applicant, decision) {
      const found = await at("replace", applicant);
      if (!found.ok) return found;
      if (decision === "refuse") return end(found.row.id, "key.kept");
      return (await moveTo("contact", found.row, found.file)) ? done : refused("activation.out-of-step");
    },

    async identify(applicant, query) {
      const taken = await store.takeMemory(db, "tax-letter", fingerprint(applicant.session), clock.now());
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
      return {
        ...done,
        view: {
          id: row.id,
          channel: row.channel,
          step: row.step,
          givenNames: file?.person.givenNames ?? "",
          code: row.code && codes.standing(row.code),
          letter: row.letterReference === null ? null : await letters.view(row.letterReference),
          learned: row.step === "consent" && file ? learnedFrom(file.person) : null,
        },
      };
    },

    async giveContact(applicant, contact) {
      const found = await at("contact", applicant);
      if (!found.ok) return found;
      const { row, file } = found;
      const { phone, email } = contact;
      const chosen = await channels[row.channel].choose(file, contact);
      if (!chosen.ok) return chosen;
      if (!(await messages.admitCode({ phone, address: applicant.address }))) return end(row.id, "sms.too-many");
      const consentAt = file.consentAt ?? clock.now().toISOString();
      const given = { ...file, contact: { phone, email }, consentAt, choice: chosen.choice };
      const { fresh, record } = await codes.draw("activation", subjectOf(row.id));
      const sealed = await seal(row.id, "applicant", given);
      const to = { from: row.step, applicant: sealed, expiresAt: after(figures.lives) };
      return db.transaction(async () => {
        const code = { ...record, maskedPhone: maskedPhone(phone) };
        if (!(await store.moveToCode(db, row.id, to, code))) return refused("activation.out-of-step");
        await sendCode(phone, applicant.language, fresh);
        return done;
      });
    },

    async resend(applicant) {
      const found = await at("code", applicant);
      if (!found.ok) return found;
      const { code, id } = found.row;
      const phone = found.file.contact?.phone;
      if (!code || phone === undefined) return end(id, "code.expired");
      const redrawn = await codes.redraw("activation", subjectOf(id), code);
      if (!redrawn.ok) return redrawn;
      if (!(await messages.admitCode({ phone, address: applicant.address }))) return end(id, "sms.too-many");
      return db.transaction(async () => {
        if (!(await store.replaceCode(db, id, code, redrawn.record))) return refused("code.too-soon");
        await sendCode(phone, applicant.language, redrawn.fresh);
        return done;
      });
    },

    async confirm(applicant, digits) {
      const found = await at("code", applicant);
      if (!found.ok) return found;
      const { row, file } = found;
      // One that a version before this had sent, and kept elsewhere.
      if (!row.code) return end(row.id, "code.expired");
      const counted = await store.countTry(db, row.id);
      // Pressed often at once: a wrong code ends it by itself, so what used up the tries was right, and is at its work.
      if (!counted) return refused("activation.out-of-step");
      const compared = await codes.compare(subjectOf(row.id), counted, digits);
      return compared.ok ? complete(row, applicant, file) : end(row.id, compared.refusal);
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

/** What a code is bound to: this very activation. */
const subjectOf = (id: string) => `activation ${id}`;
const cardPurpose = ({ session }: Applicant, id: string) => ({ session, act: "activation", subject: id }) as const;

function learnedFrom({
  name,
  civilId,
  birthDate,
  document,
  address,
}: RegisteredPerson): NonNullable<ActivationView["learned"]> {
  const lines = address && [...address.lines, `${address.postalCode} ${address.locality}`].join(", ");
  return { name, civilId, birthDate, documentExpires: document?.expires ?? "", address: lines };
}
