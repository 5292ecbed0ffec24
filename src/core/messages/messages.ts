import type { Language } from "#core/vocabulary";
import { bind } from "#platform/bind";
import type { Floor } from "#platform/floor";
import type { NewJob, Ready } from "#platform/jobs";
import { createBudgets } from "./budgets.ts";
import type { Budgets, Claims } from "./budgets.ts";
import type { EmailCarrier, SmsCarrier } from "./carriers.ts";
import type { CodeDestination, Contact, EmailCodeDestination, EmailJob, Messages, Sentence, SmsJob } from "./contract.ts";
import type { MessageCatalogue } from "./words.ts";
import { hours, later } from "#platform/duration";

export interface MessageNeeds {
  readonly floor: Floor;
  readonly words: MessageCatalogue;
  readonly sms: SmsCarrier;
  readonly email: EmailCarrier;
  /** The host that codes are bound to (origin-bound one-time codes). */
  readonly host: string;
}

interface Needs extends MessageNeeds {
  readonly budgets: Budgets;
}

/** Numbers of this country; others are budgeted by prefix too. */
const homePrefix = "+351";
const priorities = { code: 100, notice: 10, email: 0 } as const;
/** A notice is still worth reading two days later. */
const noticeLife = hours(48);

const codes = { admitCode, prepareAdmission, holdsOff, countMiss, sendCode, prepareCode };
const emailCodes = { admitEmailCode, sendEmailCode };
const notices = { tell, prepareTell, warn };

export function createMessages(messageNeeds: MessageNeeds): Messages {
  const needs: Needs = { ...messageNeeds, budgets: createBudgets(messageNeeds.floor) };
  const handle = bind(needs, { sms: handleSms, email: handleEmail });
  return {
    ...bind(needs, { ...codes, ...emailCodes, ...notices }),
    purge: needs.budgets.purge,
    jobKinds: { sms: { handle: handle.sms, attempts: 8 }, email: { handle: handle.email, attempts: 12 } },
  };
}

/** Whom a code is spent on alone. */
function ownClaims({ phone, address }: CodeDestination): Claims {
  return {
    "code-per-number": phone,
    "code-per-number-a-day": phone,
    "code-per-address": address,
    ...(phone.startsWith(homePrefix) ? {} : { "code-unusual-prefix": phone.slice(0, 4) }),
  };
}

/** What it takes from everybody. */
function sharedClaims({ portalId }: CodeDestination): Claims {
  return { "code-global": "all", ...(portalId === undefined ? {} : { "code-per-portal": portalId }) };
}

/** What was seen spent up is not asked again: whoever goes on pressing spends nothing of what others share. */
async function admitCode({ budgets }: Needs, to: CodeDestination): Promise<boolean> {
  const claims = { ...ownClaims(to), ...sharedClaims(to) };
  return !(await budgets.isOverdrawn(claims)) && budgets.spendTogether(claims);
}

async function prepareAdmission({ budgets }: Needs, to: Required<CodeDestination>): Promise<Ready | null> {
  return (await budgets.draw(sharedClaims(to))) ? budgets.prepare(ownClaims(to)) : null;
}

function holdsOff({ budgets }: Needs, address: string): Promise<boolean> {
  return budgets.isOverdrawn({ "identify-per-address": address });
}

async function countMiss({ budgets }: Needs, address: string): Promise<void> {
  await budgets.spendTogether({ "identify-per-address": address });
}

type Recipient = Pick<Contact, "phone" | "language">;

function sendCode(needs: Needs, to: Recipient, say: Sentence, expiresAt: Date): Promise<void> {
  return needs.floor.jobs.enqueue(codeSms(needs, to, say, expiresAt));
}

function prepareCode(needs: Needs, to: Recipient, say: Sentence, expiresAt: Date): Promise<Ready> {
  return needs.floor.jobs.prepare(codeSms(needs, to, say, expiresAt));
}

function codeSms({ words, host }: Needs, { phone, language }: Recipient, say: Sentence, expiresAt: Date): NewJob {
  const text = withOrigin(say(words[language]), host);
  return { kind: "sms", payload: { to: phone, text }, priority: priorities.code, expiresAt };
}

/** Of whoever asks first, then of the mailbox, then of everybody: who has had their share spends nothing of anybody else's. */
async function admitEmailCode({ budgets }: Needs, { email, keyId, address }: EmailCodeDestination): Promise<boolean> {
  const recipient = mailboxOf(email);
  return (
    (await budgets.spendTogether({ "email-code-per-key-a-day": keyId, "code-per-address": address })) &&
    (await budgets.spendTogether({ "email-code-per-recipient": recipient, "email-code-per-recipient-a-day": recipient })) &&
    (await budgets.spendTogether({ "email-code-global": "all" }))
  );
}

/** Whose mailbox it is, however the address is spelt: case counts nowhere, and what follows a "+" is the reader's own note (RFC 5233). */
function mailboxOf(email: string): string {
  return email.toLowerCase().replace(/\+[^@]*@/, "@");
}

function sendEmailCode(
  { words, floor }: Needs,
  { email: to, language }: { email: string; language: Language },
  say: Sentence,
  expiresAt: Date,
): Promise<void> {
  const { emailCodeSubject: subject, emailClosing } = words[language];
  const payload = { to, subject, text: `${say(words[language])}\n\n${emailClosing}\n` };
  return floor.jobs.enqueue({ kind: "email", payload, priority: priorities.code, expiresAt });
}

async function tell(needs: Needs, contact: Contact, say: Sentence, key?: string): Promise<void> {
  for (const notice of noticesTo(needs, contact, say, key)) await needs.floor.jobs.enqueue(notice);
}

function prepareTell(needs: Needs, contact: Contact, say: Sentence): Promise<readonly Ready[]> {
  return Promise.all(noticesTo(needs, contact, say).map((notice) => needs.floor.jobs.prepare(notice)));
}

/** docs/law.md#notices: what a stranger can provoke is capped a number; what changes a key is told by `tell`, which is not. */
async function warn(needs: Needs, contact: Contact, say: Sentence, key: string): Promise<void> {
  if (await needs.budgets.spend({ "notice-per-number": contact.phone })) await tell(needs, contact, say, key);
}

function noticesTo(
  { words, floor }: Needs,
  { phone, email, formerEmail = null, language }: Contact,
  say: Sentence,
  key?: string,
): NewJob[] {
  const { emailSubject: subject, emailClosing } = words[language];
  const text = say(words[language]);
  const expiresAt = later(floor.clock.now(), noticeLife);
  const common = { expiresAt, ...(key !== undefined && { key }) };
  const sms = { to: phone, text: withoutAccents(text) };
  const told = { kind: "sms", payload: sms, priority: priorities.notice, ...common };
  const addresses = [email, formerEmail].filter((address) => address !== null);
  const emails = addresses.map((to) => ({
    ...{ kind: "email", payload: { to, subject, text: `${text}\n\n${emailClosing}\n` }, priority: priorities.email },
    ...{ ...common, ...(key !== undefined && to !== email && { key: `${key} former` }) },
  }));
  return [told, ...emails];
}

/** `id`: by which a carrier that has seen the message may drop the copy. */
function handleSms({ sms }: Needs, { to, text }: SmsJob, { id }: { id: string }): Promise<void> {
  return sms.send({ to, text, reference: id });
}

function handleEmail({ email }: Needs, { to, subject, text }: EmailJob, { id }: { id: string }): Promise<void> {
  return email.send({ to, subject, text, reference: id });
}

/** As an SMS of one part can carry it (GSM 03.38 knows few accents, and one letter that it lacks halves the room). */
function withoutAccents(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{Mark}/gu, "");
}

/** The last line binds the code to our origin, so that a browser offers it nowhere else. */
function withOrigin(text: string, host: string): string {
  const code = /\d{6}/.exec(text)?.[0] ?? "";
  return `${text}\n@${host} #${code}`;
}
