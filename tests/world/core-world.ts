/** The whole law, composed by hand on a database of its own, among outsiders that write down what they were handed. */
import type { AttributeName, Visitor } from "../../src/core/vocabulary/index.ts";
import type { Applicant } from "../../src/core/activation/index.ts";
import type { RegisteredPerson } from "../../src/core/citizens/index.ts";
import type { PinLetter } from "../../src/core/messages/index.ts";
import type { PinMode } from "../../src/core/mobile-keys/index.ts";
import type { PortalRegistration } from "../../src/core/portals/index.ts";
import type { Answer, SignInRequest } from "../../src/core/sign-in/index.ts";
import { createCore } from "../../src/app/core.ts";
import { promisesOf } from "../../src/app/worker.ts";
import type { Database } from "../../src/platform/database/database.ts";
import { createJobs } from "../../src/platform/jobs/job-queue.ts";
import type { Secrets } from "../../src/platform/secrets.ts";
import { cardOf, createOutside } from "./outsiders.ts";
import type { Outside } from "./outsiders.ts";
import { openTestDatabase, silentLog, testClock, testRandom, testSecrets } from "./world.ts";
import type { TestClock } from "./world.ts";

export { cardOf, createOutside, refusedCard } from "./outsiders.ts";
export type { Heard, Outside, Sms } from "./outsiders.ts";

export interface Ground {
  readonly db: Database;
  readonly clock: TestClock;
  readonly secrets: Secrets;
  readonly outside: Outside;
  readonly pinMode: PinMode;
}

export type Core = Awaited<ReturnType<typeof composeCore>>;
export type CoreWorld = Awaited<ReturnType<typeof openCoreWorld>>;

/** Argon2id is left out unless it is the point: it is slow on purpose. */
export async function openCoreWorld({ pinMode = "keyed" }: { pinMode?: PinMode } = {}) {
  const db = await openTestDatabase();
  const ground: Ground = { db, clock: testClock(), secrets: testSecrets(), outside: createOutside(), pinMode };
  const core = await composeCore(ground);
  await core.portals.register(taxPortal);
  await core.portals.register(healthPortal);
  return { ...ground, ...core, ground, ...createStories(ground, core) };
}

/** A process of its own on that ground: made anew after each death. */
export async function composeCore({ db, clock, secrets, outside, pinMode }: Ground) {
  const random = testRandom;
  const jobs = createJobs({ db, clock, random, secrets, log: silentLog });
  const core = await createCore(
    { db, clock, random, secrets, jobs, ...outside },
    { publicUrl: "https://chave.example", pinMode },
  );
  core.signIn.giveWayBack("a-test", "fetched");
  return { ...core, runDue: () => jobs.runDue(promisesOf(core)) };
}

export const taxPortal: PortalRegistration = {
  id: "tax-portal",
  name: { pt: "Portal dos Impostos", en: "Tax Portal" },
  homeUrl: "https://taxes.example",
  attributes: ["name", "tax_number", "civil_id", "email", "phone", "birth_date"],
  minimumLevel: 2,
};

export const healthPortal: PortalRegistration = {
  ...taxPortal,
  id: "health-portal",
  name: { pt: "Portal da Saúde", en: "Health Portal" },
};

let serial = 0;

/** An invented national of age with a valid citizen card and an old address. */
export function somePerson(changes: Partial<RegisteredPerson> = {}): RegisteredPerson {
  const number = String(++serial).padStart(6, "0");
  return {
    civilId: `99${number}`,
    taxNumber: `299${number}`,
    name: "Benedita Inventada Exemplar",
    givenNames: "Benedita",
    familyNames: "Inventada Exemplar",
    birthDate: "1987-05-21",
    nationality: "PT",
    deceased: false,
    document: { kind: "CC", number: `99${number} 0 ZZ1`, expires: "2032-06-30", cancelled: false },
    address: { lines: ["Rua das Amostras 3"], postalCode: "9999-001", locality: "Amostra", country: "PT", since: "2015-01-31" },
    ...changes,
  };
}

export function somePhone(): string {
  return `+3519${String(++serial).padStart(8, "0")}`;
}

/** A browser nobody has seen before, at a network address of its own. */
export function someVisitor(changes: Partial<Visitor> = {}): Visitor {
  const address = `2001:db8::${(++serial).toString(16)}`;
  return { session: testRandom.token(), browser: testRandom.token(), signedIn: null, address, language: "pt", ...changes };
}

export const chosenPin = "739164";

export interface Keyed {
  readonly phone: string;
  readonly pin: string;
  /** The owner's browser, known with the key; not signed in. */
  readonly visitor: Visitor;
  readonly person: RegisteredPerson;
  readonly letter: PinLetter;
}

/** What people do, in as few words as the tests need. */
export function createStories(ground: Ground, core: Core) {
  const activating = activationStories(ground, core);
  return { ...activating, ...signInStories(ground, core, activating) };
}

function activationStories({ outside }: Ground, core: Core) {
  const { activation } = core;

  const smsTo = (phone: string) => outside.heard.sms.filter(({ to }) => to === phone).map(({ text }) => text);

  /** The code in the last message to that phone, once the queue has run. */
  async function codeTo(phone: string): Promise<string> {
    await core.runDue();
    const code = smsTo(phone)
      .map((text) => /^(\d{6}) /.exec(text)?.[1])
      .findLast((found) => found !== undefined);
    if (code === undefined) throw new Error(`no code came to ${phone}`);
    return code;
  }

  /** To the form for phone and e-mail. */
  async function beginActivation(person: RegisteredPerson, applicant: Applicant) {
    outside.people.set(person.taxNumber ?? "", person);
    const begun = await activation.channels["tax-letter"].begin(applicant);
    if (!begun.ok) return begun;
    return activation.channels["tax-letter"].identify(applicant, backFromTaxAuthority(begun.url, person));
  }

  /** To the page on which the code is typed. */
  async function askForCode(person: RegisteredPerson, applicant: Applicant, phone: string, email: string | null = null) {
    const identified = await beginActivation(person, applicant);
    return identified.ok ? activation.giveContact(applicant, { phone, email, consent: true }) : identified;
  }

  /** All of it; what the letter says, as soon as it is printed. */
  async function activateByLetter(person = somePerson(), applicant: Visitor = someVisitor(), phone = somePhone()) {
    expectOk(await askForCode(person, applicant, phone));
    expectOk(await activation.confirm(applicant, await codeTo(phone)));
    await core.runDue();
    const letters = outside.heard.batches.flatMap((batch) => batch.letters);
    const letter = letters.findLast(({ civilId }) => civilId === person.civilId);
    if (!letter) throw new Error("no letter was printed");
    return { person, phone, visitor: applicant, letter, pin: letter.temporaryPin };
  }

  return { smsTo, codeTo, beginActivation, askForCode, activateByLetter };
}

function signInStories(ground: Ground, core: Core, { codeTo, activateByLetter }: ReturnType<typeof activationStories>) {
  const { outside } = ground;
  const { signIn } = core;

  async function ask(visitor: Visitor, changes: Partial<SignInRequest> = {}): Promise<string> {
    const reference = testRandom.token();
    const asked: SignInRequest = {
      portalId: taxPortal.id,
      attributes: [{ name: "name", required: true }],
      level: 3,
      reference,
      returnTo: "/back",
      returnOrigins: ["https://taxes.example"],
      wayBack: "a-test",
      memory: "",
      fresh: false,
      ...changes,
    };
    return (await signIn.begin(asked, visitor)).id;
  }

  /** To the page on which the code is typed. */
  async function identify(visitor: Visitor, given: { phone: string; pin: string }, changes: Partial<SignInRequest> = {}) {
    const id = await ask(visitor, changes);
    return { id, outcome: await signIn.identify(id, visitor, { phone: given.phone, pin: given.pin }) };
  }

  /** To the page after the code: consent, or a new PIN. */
  async function prove(visitor: Visitor, given: { phone: string; pin: string }, changes: Partial<SignInRequest> = {}) {
    const { id, outcome } = await identify(visitor, given, changes);
    expectOk(outcome);
    const confirmed = await signIn.confirm(id, visitor, await codeTo(given.phone));
    expectOk(confirmed);
    return { id, visitor: { ...visitor, signedIn: confirmed.signedIn } };
  }

  /** To the page after the card: consent, or what is ours. */
  async function proveByCard(visitor: Visitor, person: RegisteredPerson, id: string) {
    outside.people.set(person.taxNumber ?? "", person);
    const asked = await signIn.by["citizen-card"].ask(id, visitor, "/back");
    expectOk(asked);
    const presented = await core.cards.present(asked.question.doorToken, Buffer.from(cardOf(person)));
    expectOk(presented);
    const shown = await signIn.by["citizen-card"].show(id, visitor, { kind: "ticket", ticket: presented.ticket });
    expectOk(shown);
    return { ...visitor, slip: null, signedIn: shown.signedIn };
  }

  /** In the reserved area with the card. */
  async function enterByCard(person: RegisteredPerson, visitor: Visitor = someVisitor()): Promise<Visitor> {
    const { id, slip } = await core.reservedArea.enter(visitor, "/reserved-area", "card");
    return proveByCard({ ...visitor, slip }, person, id);
  }

  /** In the reserved area with the key. */
  async function enterByKey(owner: Pick<Keyed, "phone" | "pin">, visitor: Visitor = someVisitor()): Promise<Visitor> {
    const { id, slip } = await core.reservedArea.enter(visitor, "/reserved-area", "key-or-card");
    expectOk(await signIn.identify(id, { ...visitor, slip }, owner));
    const confirmed = await signIn.confirm(id, visitor, await codeTo(owner.phone));
    expectOk(confirmed);
    return { ...visitor, signedIn: confirmed.signedIn };
  }

  /** A key in use, locked by three wrong codes. */
  async function openLockedKey(person = somePerson()): Promise<Keyed> {
    const owner = await openKey(person);
    const { id } = await identify(owner.visitor, owner);
    const code = await codeTo(owner.phone);
    for (const _ of [1, 2, 3]) await signIn.confirm(id, owner.visitor, otherThan(code));
    return owner;
  }

  /** A key in use: activated, its letter come, a PIN chosen, in a browser that is known from then on. */
  async function openKey(person = somePerson()): Promise<Keyed> {
    const applied = await activateByLetter(person);
    const { id, visitor } = await prove(applied.visitor, applied);
    expectOk(await signIn.choosePin(id, visitor, chosenPin));
    await core.runDue();
    ground.clock.advance("PT1S");
    return { ...applied, pin: chosenPin };
  }

  /** From the portal's question to its answer. */
  async function signInto(
    visitor: Visitor,
    given: { phone: string; pin: string },
    kept: readonly AttributeName[] = [],
    changes: Partial<SignInRequest> = {},
  ) {
    const reference = testRandom.token();
    const proven = await prove(visitor, given, { ...changes, reference });
    expectOk(await signIn.decide(proven.id, proven.visitor, "authorise", kept));
    const answer: Answer | null = await signIn.answer(reference, proven.visitor);
    return { answer, visitor: proven.visitor };
  }

  return { ask, identify, prove, proveByCard, enterByCard, enterByKey, openLockedKey, openKey, signInto };
}

export const otherThan = (code: string): string => (code === "000000" ? "000001" : "000000");

export function backFromTaxAuthority(url: string, { taxNumber, name }: Pick<RegisteredPerson, "taxNumber" | "name">): string {
  const state = new URL(url).searchParams.get("state") ?? "";
  return new URLSearchParams({ state, tax_number: taxNumber ?? "", name }).toString();
}

/** Why it was refused; "none" when it was not. */
export function refusalOf(outcome: { readonly ok: true } | { readonly ok: false; readonly refusal: string }): string {
  return outcome.ok ? "none" : outcome.refusal;
}

export function expectOk<Result extends { readonly ok: boolean }>(
  outcome: Result,
): asserts outcome is Extract<Result, { ok: true }> {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome)}`);
}
