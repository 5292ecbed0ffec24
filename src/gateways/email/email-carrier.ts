import { createHash } from "node:crypto";
import nodemailer from "nodemailer";
import type { EmailCarrier } from "#core/messages";
import { seconds } from "#platform/duration";

export interface EmailCarrierNeeds {
  /** `smtp://user:password@host:port`; `smtps:` for TLS from the first byte. */
  readonly url: string;
  /** `Chave <chave@example.pt>` or the bare address. */
  readonly from: string;
}

const TIME_OUTS = {
  connectionTimeout: seconds(5),
  greetingTimeout: seconds(5),
  socketTimeout: seconds(10),
  dnsTimeout: seconds(5),
};
/** One address and nothing else: a list, a name or a line end in it would send our words to somebody else (RFC 5321 4.1.2). */
const ADDRESS = /^[^\s<>,;:"()[\]\\@]{1,64}@[^\s<>,;:"()[\]\\@]{1,255}$/;
const ONE_LINE = /^[^\r\n]{1,200}$/;

/** E-mail as plain text over SMTP. `send` ends when the server has taken the message, and throws otherwise. */
export function createEmailCarrier(needs: EmailCarrierNeeds): EmailCarrier & { close(): Promise<void> } {
  const domain = /@([A-Za-z0-9.-]+)>?\s*$/.exec(needs.from)?.[1];
  if (domain === undefined) throw new Error("the e-mail sender must be an address");
  const transport = nodemailer.createTransport({ url: needs.url, pool: true, maxConnections: 4, ...TIME_OUTS });

  async function send(email: {
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly reference: string;
  }): Promise<void> {
    if (!ADDRESS.test(email.to)) throw new Error("an e-mail needs one bare address");
    if (!ONE_LINE.test(email.subject)) throw new Error("an e-mail needs a subject of one line");
    await transport.sendMail({
      from: needs.from,
      to: { name: "", address: email.to },
      subject: email.subject,
      text: email.text,
      messageId: `<${nameOf(email.reference)}@${domain}>`,
      // RFC 3834 5: nobody's holiday notice should answer us.
      headers: { "Auto-Submitted": "auto-generated" },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  return { send, close: async () => transport.close() };
}

/** A retry carries the same Message-ID (RFC 5322 3.6.4), so that the mailbox can drop the copy. */
function nameOf(reference: string): string {
  return createHash("sha256").update(reference).digest("hex").slice(0, 40);
}
