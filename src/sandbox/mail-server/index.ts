/** The mail server of the sandbox: SMTP in, mailboxes to look into. */
export { createMailServer } from "./mail-server.ts";
export type { MailServer } from "./mail-server.ts";
export type { StoredMail } from "./stored-mail.ts";
