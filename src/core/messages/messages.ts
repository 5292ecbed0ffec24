import type { Language } from "#core/vocabulary";
import type { Floor } from "#platform/floor";
import type { NewJob, Ready } from "#platform/jobs";
import { createBudgets } from "./budgets.ts";
import type { EmailCarrier, SmsCarrier } from "./carriers.ts";
import type { MessageCatalogue, MessageWords } from "./words.ts";

export interface Contact {
  readonly phone: string;
  readonly email: string | null;
  /** One that the key had until now, which is told that it has it no more. */
  readonly formerEmail?: string | null;
  readonly language: Language;
}

export type Sentence = (words: MessageWords) => string;

export interface Messages {
  /** Whether one more code may go to this number, from this address, for this portal; spends it. Not inside a transaction. */
  admitCode(to: { phone: string; address: string; portalId?: string }): Promise<boolean>;
  /** As `admitCode`, by e-mail: neither one key nor all of them together may fill a stranger's mailbox. */
  admitEmailCode(to: { email: string; keyId: string; address: string }): Promise<boolean>;
  /** As `admitCode`, for what is done at once: it is not when the code may not go. Null: it may not. */
  prepareAdmission(to: { phone: string; address: string; portalId: string }): Promise<Ready | null>;
  /** Whether this network address has failed too often to be heard again now; asks nobody, so that the right PIN pays nothing. */
  holdsOff(address: string): Promise<boolean>;
  /** One more failed try from this network address. */
  countMiss(address: string): Promise<void>;
  /** A code somebody is waiting for: first in the queue, worthless when it has expired. */
  sendCode(to: { phone: string; language: Language }, say: Sentence, expiresAt: Date): Promise<void>;
  /** As `sendCode`, to an address whose owner is yet to prove that they read it: it gets this and nothing else. */
  sendEmailCode(to: { email: string; language: Language }, say: Sentence, expiresAt: Date): Promise<void>;
  prepareCode(to: { phone: string; language: Language }, say: Sentence, expiresAt: Date): Promise<Ready>;
  prepareTell(contact: Contact, say: Sentence): Promise<readonly Ready[]>;
  /** Tells the phone, and the e-mail if there is one. `key` names the event: told once, however often it is asked. */
  tell(contact: Contact, say: Sentence, key?: string): Promise<void>;
  /** As `tell`, for what a stranger can provoke: silent when the number has heard enough today. */
  warn(contact: Contact, say: Sentence, key: string): Promise<void>;
  purge(): Promise<void>;
  readonly jobKinds: {
    readonly sms: { handle(sms: SmsJob, job: { id: string }): Promise<void>; attempts: number };
    readonly email: { handle(email: EmailJob, job: { id: string }): Promise<void>; attempts: number };
  };
}

interface SmsJob {
  readonly to: string;
  readonly text: string;
}

interface EmailJob extends SmsJob {
  readonly subject: string;
}

export interface MessageNeeds {
  readonly floor: Floor;
  readonly words: MessageCatalogue;
  readonly sms: SmsCarrier;
  readonly email: EmailCarrier;
  /** The host that codes are bound to (origin-bound one-time codes). */
  readonly host: string;
}

/** Numbers of this country; others are budgeted by prefix too. */
const homePrefix = "+351";
const priorities = { code: 100, notice: 10, email: 0 } as const;
/** A notice is still worth reading two days later. */
const noticeLife = 48 * 3600 * 1000;

export function createMessages({ floor, words, sms, email, host }: MessageNeeds): Messages {
  const { jobs, clock } = floor;
  const budgets = createBudgets(floor);
  const keyed = (key: string | undefined) => (key === undefined ? {} : { key });

  function notices({ phone, email, formerEmail = null, language }: Contact, say: Sentence, key?: string): NewJob[] {
    const text = say(words[language]);
    const expiresAt = new Date(clock.now().getTime() + noticeLife);
    const told = {
      kind: "sms",
      payload: { to: phone, text: withoutAccents(text) },
      priority: priorities.notice,
      expiresAt,
      ...keyed(key),
    };
    const addresses = [...new Set([email, formerEmail])].filter((address) => address !== null);
    const subject = words[language].emailSubject;
    const emails = addresses.map((to) => ({
      kind: "email",
      payload: { to, subject, text: letterOf(text, language) },
      priority: priorities.email,
      expiresAt,
      ...keyed(key && (to === email ? key : `${key} former`)),
    }));
    return [told, ...emails];
  }

  const letterOf = (text: string, language: Language) => `${text}\n\n${words[language].emailClosing}\n`;

  function codeEmail({ email: to, language }: { email: string; language: Language }, say: Sentence, expiresAt: Date): NewJob {
    const payload = { to, subject: words[language].emailCodeSubject, text: letterOf(say(words[language]), language) };
    return { kind: "email", payload, priority: priorities.code, expiresAt };
  }

  async function tell(contact: Contact, say: Sentence, key?: string): Promise<void> {
    for (const notice of notices(contact, say, key)) await jobs.enqueue(notice);
  }

  function codeSms({ phone, language }: { phone: string; language: Language }, say: Sentence, expiresAt: Date): NewJob {
    const text = withOrigin(say(words[language]), host);
    return { kind: "sms", payload: { to: phone, text }, priority: priorities.code, expiresAt };
  }

  const exact = ({ phone, address }: { phone: string; address: string }) => ({
    "code-per-number": phone,
    "code-per-number-a-day": phone,
    "code-per-address": address,
    ...(phone.startsWith(homePrefix) ? {} : { "code-unusual-prefix": phone.slice(0, 4) }),
  });
  const shared = (portalId: string | undefined) => ({
    "code-global": "all",
    ...(portalId === undefined ? {} : { "code-per-portal": portalId }),
  });

  return {
    sendEmailCode: (to, say, expiresAt) => jobs.enqueue(codeEmail(to, say, expiresAt)),
    sendCode: (to, say, expiresAt) => jobs.enqueue(codeSms(to, say, expiresAt)),
    prepareCode: (to, say, expiresAt) => jobs.prepare(codeSms(to, say, expiresAt)),
    prepareTell: (contact, say) => Promise.all(notices(contact, say).map((notice) => jobs.prepare(notice))),

    admitCode: ({ portalId, ...to }) => budgets.spendTogether({ ...exact(to), ...shared(portalId) }),

    admitEmailCode: ({ email, keyId, address }) =>
      budgets.spendTogether({
        "email-code-per-recipient": mailboxOf(email),
        "email-code-per-recipient-a-day": mailboxOf(email),
        "email-code-per-key-a-day": keyId,
        "code-per-address": address,
        "email-code-global": "all",
      }),

    async prepareAdmission({ portalId, ...to }) {
      return (await budgets.draw(shared(portalId))) ? budgets.prepare(exact(to)) : null;
    },

    holdsOff: (address) => budgets.isOverdrawn({ "identify-per-address": address }),

    async countMiss(address) {
      await budgets.spendTogether({ "identify-per-address": address });
    },

    tell,

    async warn(contact, say, key) {
      if (await budgets.spend({ "notice-per-number": contact.phone })) await tell(contact, say, key);
    },

    purge: () => budgets.purge(),

    jobKinds: {
      sms: { handle: ({ to, text }, { id }) => sms.send({ to, text, reference: id }), attempts: 8 },
      email: { handle: ({ to, subject, text }, { id }) => email.send({ to, subject, text, reference: id }), attempts: 12 },
    },
  };
}

/** Whose mailbox it is, however the address is spelt: case counts nowhere, and what follows a "+" is the reader's own note (RFC 5233). */
function mailboxOf(email: string): string {
  return email.toLowerCase().replace(/\+[^@]*@/, "@");
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
