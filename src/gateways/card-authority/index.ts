/** Judges citizen cards: what a TLS handshake or a Web eID token has proven, who issued it, and whether it still holds. */
import type { Card, CardAuthority, CardRefusal, JudgedCard } from "#core/citizen-cards";
import { bind } from "#platform/bind";
import type { Log } from "#platform/log";
import type { Clock, Random } from "#platform/world";
import { readCertificate } from "./certificate.ts";
import type { Certificate } from "./certificate.ts";
import { holderOf } from "./holder.ts";
import { judgePath } from "./path.ts";
import type { Path, PathReason, PathRules } from "./path.ts";
import type { CardStatus } from "./freshness.ts";
import { createStatus, limits } from "./status.ts";
import type { StatusLimits } from "./status.ts";
import { readTrusted } from "./trusted.ts";
import { readToken } from "./web-eid.ts";

export { trustedPems } from "./trusted.ts";

export interface CardAuthorityNeeds {
  /** File or folder of the authorities' certificates, in PEM. */
  readonly trusted: string;
  /** Certificate policies of which a card must bear one; none: any. */
  readonly policies: readonly string[];
  /** The origin that Web eID tokens must have been made for: ours. */
  readonly origin: string;
  /** Whether an answer without our nonce is believed. */
  readonly nonce: "required" | "optional";
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly limits?: Partial<StatusLimits>;
}

const no = (refusal: CardRefusal, reason: string): JudgedCard => ({ ok: false, refusal, reason });

/** Where no authority is believed, no card is. */
export const closedCardAuthority: CardAuthority = {
  judgeCertificate: async () => no("card.unknown-issuer", "issuer.unknown"),
  judgeWebEid: async () => no("card.unknown-issuer", "issuer.unknown"),
};

const pathRefusals: Readonly<Partial<Record<PathReason, CardRefusal>>> = {
  "issuer.unknown": "card.unknown-issuer",
  "issuer.expired": "card.unknown-issuer",
  "issuer.not-authority": "card.unknown-issuer",
  "issuer.path-length": "card.unknown-issuer",
  "issuer.policy": "card.unknown-issuer",
  "certificate.expired": "card.expired",
  "certificate.for-signatures": "card.wrong-certificate",
};

const statusRefusals: Readonly<Record<Exclude<CardStatus, "good">, CardRefusal>> = {
  revoked: "card.revoked",
  suspended: "card.suspended",
  unknown: "card.not-recognised",
};

interface Bench {
  readonly clock: Clock;
  readonly origin: string;
  readonly rules: PathRules;
  readonly statusOf: ReturnType<typeof createStatus>;
  readonly log: Log;
}

export function createCardAuthority(needs: CardAuthorityNeeds): CardAuthority {
  const { clock, policies, origin, log } = needs;
  const rules = { trusted: readTrusted(needs.trusted), policies };
  const statusOf = createStatus({ ...needs, limits: { ...limits, ...needs.limits } });
  const bench: Bench = { clock, origin, rules, statusOf, log };
  return bind(bench, { judgeCertificate, judgeWebEid });
}

async function judgeCertificate(bench: Bench, der: Uint8Array | null): Promise<JudgedCard> {
  if (der === null) return noted(bench, no("card.absent", "certificate.absent"));
  const certificate = readCertificate(der);
  return noted(bench, certificate ? await judge(bench, certificate) : no("card.not-recognised", "certificate.form"));
}

async function judgeWebEid(bench: Bench, text: string, nonce: string): Promise<JudgedCard> {
  const token = readToken(text);
  if (!token.ok) return noted(bench, no("card.answer-invalid", token.reason));
  const reason = token.prove(bench.origin, nonce);
  return noted(bench, reason ? no("card.answer-invalid", reason) : await judge(bench, token.certificate));
}

/** A misconfigured authority and a forged card look the same to the person, and must not to whoever runs this. */
function noted({ log }: Bench, judged: JudgedCard): JudgedCard {
  if (!judged.ok) log.info({ gateway: "card-authority", reason: judged.reason }, "a card was not taken");
  return judged;
}

/** The network is asked last: only what a known authority signed may send us to an address. */
async function judge(bench: Bench, certificate: Certificate): Promise<JudgedCard> {
  const found = judgePath(certificate, bench.rules, bench.clock.now());
  if (!found.ok) return no(pathRefusals[found.reason] ?? "card.not-recognised", found.reason);
  const named = holderOf(certificate);
  if (!named) return no("card.not-recognised", "certificate.subject");
  return (await judgeStatus(bench, found.path)) ?? { ok: true, card: cardOf(certificate, named) };
}

/** The authorities between card and root are asked about as well, where they say whom to ask; a root stands for itself. */
async function judgeStatus({ statusOf }: Bench, path: Path): Promise<JudgedCard | null> {
  for (const [place, certificate] of path.slice(0, -1).entries()) {
    const issuer = path[place + 1];
    const isSilent = place > 0 && certificate.ocspUrls.length + certificate.crlUrls.length === 0;
    if (issuer === undefined || isSilent) continue;
    const status = await statusOf(certificate, issuer);
    if (status === null) return no("card.status-unavailable", "status.unavailable");
    if (status !== "good" && place > 0) return no("card.unknown-issuer", `issuer.${status}`);
    if (status !== "good") return no(statusRefusals[status], `status.${status}`);
  }
  return null;
}

function cardOf({ x509, until }: Certificate, named: Pick<Card, "holder" | "name">): Card {
  return { ...named, fingerprint: x509.fingerprint256.replaceAll(":", "").toLowerCase(), expiresAt: until };
}
