/** The card's own door: TLS that asks for a certificate, and nothing but the way back with a ticket. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { TLSSocket } from "node:tls";
import type { CitizenCards } from "#core/citizen-cards";
import { places } from "../../sites/kit/places.ts";

export { cardTls } from "./tls.ts";

export interface CardDoorNeeds {
  readonly cards: CitizenCards;
  readonly publicUrl: string;
}

const headers = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'",
  "strict-transport-security": "max-age=63072000",
  // One connection, one proof: the next question must find the card again.
  connection: "close",
};

export function createCardDoor({ cards, publicUrl }: CardDoorNeeds) {
  /** The page that asked says what has become of its question; of what was never one nobody knows for what it was asked. */
  async function wayBack(request: IncomingMessage): Promise<string> {
    const question = questionIn(request);
    const presented = question === null ? null : await cards.present(question, certificateOf(request));
    if (!presented?.returnTo) return publicUrl + places.cardGone;
    return `${publicUrl}${presented.returnTo}${presented.ok ? `?ticket=${presented.ticket}` : ""}`;
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== "GET") {
      response.writeHead(405, { ...headers, allow: "GET" }).end();
      return;
    }
    response.writeHead(303, { ...headers, location: await wayBack(request) }).end();
  };
}

/** Null for whatever is no question of ours, and for what a page of somebody else's loads behind the person's back. */
function questionIn({ url = "/", headers: sent }: IncomingMessage): string | null {
  const destination = sent["sec-fetch-dest"];
  if (destination !== undefined && destination !== "document") return null;
  const question = URL.parse(url, "https://path.only")?.searchParams.get("question") ?? "";
  return /^[\w-]{43}$/.test(question) ? question : null;
}

/** The handshake has proven that whoever is here holds its key; who it names is judged elsewhere. */
function certificateOf({ socket }: IncomingMessage): Uint8Array | null {
  return "getPeerX509Certificate" in socket ? ((socket as TLSSocket).getPeerX509Certificate()?.raw ?? null) : null;
}
