/** How the card's own door speaks TLS. */
import { constants } from "node:crypto";
import type { TlsOptions } from "node:tls";

export interface DoorFiles {
  readonly key: string | Buffer;
  readonly certificate: string | Buffer;
  /** PEM of each authority whose cards are asked for: told to the browser, which then offers those alone. */
  readonly authorities: readonly string[];
}

/**
 * A certificate is asked for and taken whatever it is: what is wrong with it is told on a page, not by a broken connection.
 * Without tickets no connection takes up an earlier one's proof: the card answers each time.
 */
export function cardTls({ key, certificate, authorities }: DoorFiles): TlsOptions {
  return {
    key,
    cert: certificate,
    ca: [...authorities],
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: "TLSv1.2",
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}
