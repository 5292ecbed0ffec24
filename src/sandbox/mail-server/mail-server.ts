import { createHash } from "node:crypto";
import type { AddressInfo } from "node:net";
import type { Hono } from "hono";
import { SMTPServer } from "smtp-server";
import type { SMTPServerDataStream, SMTPServerSession } from "smtp-server";
import { bind } from "#platform/bind";
import type { Clock } from "#platform/world";
import { openShelf, type Shelf } from "../kit/shelf.ts";
import { readMail } from "./read-mail.ts";
import { mailboxRoutes } from "./routes.ts";
import type { StoredMail } from "./stored-mail.ts";

export interface MailServer {
  readonly routes: Hono;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The port it listens on, once started: another than the one asked for when that was 0. */
  port(): number;
}

const LARGEST = 1_048_576;

/** Takes every message for every address, and never sends one on. */
export function createMailServer(needs: { port: number; clock: Clock; shelfFolder: string }): MailServer {
  const mailroom: Mailroom = { clock: needs.clock, mails: openShelf<StoredMail>(needs.shelfFolder, "mail") };
  const server = new SMTPServer({
    size: LARGEST,
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 100,
    logger: false,
    onData(stream, session, done) {
      take(mailroom, stream, session).then(() => done(), done);
    },
  });
  server.on("error", () => undefined);
  return {
    routes: mailboxRoutes(bind(mailroom, { messagesOf, list })),
    start: () => listen(server, needs.port),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
    port: () => (server.server.address() as AddressInfo).port,
  };
}

interface Mailroom {
  readonly clock: Clock;
  readonly mails: Shelf<StoredMail>;
}

function listen(server: SMTPServer, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
}

/** Our "250" is a promise: the message is on the shelf before it is given. */
async function take(mailroom: Mailroom, stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
  if (stream.sizeExceeded) throw new Error("message too large");
  const mail = readMail(Buffer.concat(chunks).toString("latin1"));
  for (const { address } of session.envelope.rcptTo) place(mailroom, mailboxName(address), mail);
}

/** A copy of a message that is there already (the same Message-ID) is dropped, as many mailboxes do. */
function place({ mails, clock }: Mailroom, to: string, mail: ReturnType<typeof readMail>): void {
  const at = clock.now().toISOString();
  const distinct = mail.messageId === "" ? `${at} ${mails.entries.length}` : mail.messageId;
  const id = createHash("sha256").update(`${distinct} ${to}`).digest("hex").slice(0, 24);
  if (mails.entries.some((entry) => entry.id === id)) return;
  mails.add({ id, from: mail.from, to, subject: mail.subject, text: mail.text, at });
}

/** Newest first. */
function messagesOf({ mails }: Mailroom, address: string): StoredMail[] {
  return mails.entries.filter((entry) => entry.to === mailboxName(address)).reverse();
}

function list({ mails }: Mailroom): string[] {
  return [...new Set(mails.entries.map((entry) => entry.to))].sort();
}

function mailboxName(address: string): string {
  return address.trim().toLowerCase();
}
