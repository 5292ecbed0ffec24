/** The world outside, as a test sees it: it writes down what it was handed, and does not answer when it is away. */
import type { TaxAuthority } from "../../src/core/activation/index.ts";
import type { CardAuthority, CardHolder, CardRefusal, JudgedCard } from "../../src/core/citizen-cards/index.ts";
import type { CivilRegistry, RegisteredPerson } from "../../src/core/citizens/index.ts";
import type { EmailCarrier, PostalCarrier, PostalEvent, PrintBatch, SmsCarrier } from "../../src/core/messages/index.ts";
import { Unavailable } from "../../src/platform/faults.ts";
import { testRandom } from "./world.ts";

export interface Sms {
  readonly to: string;
  readonly text: string;
  readonly reference: string;
}

export interface Outside {
  readonly sms: SmsCarrier;
  readonly email: EmailCarrier;
  readonly post: PostalCarrier;
  readonly registry: CivilRegistry;
  readonly taxAuthority: TaxAuthority;
  readonly cardAuthority: CardAuthority;
  readonly heard: Heard;
  /** The registry's table, by tax number. */
  readonly people: Map<string, RegisteredPerson>;
  /** Who does not answer. */
  readonly away: Set<"registry" | "tax-authority" | "post">;
  /** What the post office will tell next. */
  tellNews(...events: PostalEvent[]): void;
}

export interface Heard {
  readonly sms: Sms[];
  readonly emails: { readonly to: string; readonly subject: string; readonly text: string }[];
  /** Each handing over, copies too. */
  readonly batches: PrintBatch[];
}

export function createOutside(): Outside {
  const heard: Heard = { sms: [], emails: [], batches: [] };
  const people = new Map<string, RegisteredPerson>();
  const away: Outside["away"] = new Set();
  const news: PostalEvent[] = [];
  const unlessAway = (who: "registry" | "tax-authority" | "post") => {
    if (away.has(who)) throw new Unavailable(who);
  };
  return {
    heard,
    people,
    away,
    tellNews: (...events) => void news.push(...events),
    sms: { send: async (sms) => void heard.sms.push(sms) },
    email: { send: async (email) => void heard.emails.push(email) },
    post: {
      async hand(batch) {
        unlessAway("post");
        heard.batches.push(batch);
      },
      async news(cursor) {
        unlessAway("post");
        return { events: news.slice(Number(cursor)), cursor: String(news.length) };
      },
    },
    registry: {
      async findByTaxNumber(taxNumber) {
        unlessAway("registry");
        return people.get(taxNumber) ?? null;
      },
      async findByCivilId(civilId) {
        unlessAway("registry");
        return [...people.values()].find((person) => person.civilId === civilId) ?? null;
      },
      async findByDocument({ number }) {
        unlessAway("registry");
        return [...people.values()].find(({ document }) => document?.number === number) ?? null;
      },
    },
    cardAuthority: {
      judgeCertificate: async (bytes) => verdictIn(bytes === null ? null : Buffer.from(bytes).toString()),
      async judgeWebEid(token, nonce) {
        const { signed, card } = JSON.parse(token) as { signed: string; card: string };
        return signed === nonce ? verdictIn(card) : { ok: false, refusal: "card.answer-invalid", reason: "token.signature" };
      },
    },
    taxAuthority: {
      async begin() {
        unlessAway("tax-authority");
        const state = testRandom.token();
        return { url: `https://tax.example/authorize?state=${state}`, memory: state };
      },
      async finish(query, memory) {
        unlessAway("tax-authority");
        const given = new URLSearchParams(query);
        if (given.get("state") !== memory) return { outcome: "failed" };
        if (given.has("error")) return { outcome: "refused" };
        return { outcome: "identified", taxNumber: given.get("tax_number") ?? "", name: given.get("name") ?? "" };
      },
    },
  };
}

/** What stands for a person's card among these outsiders: its holder and name, or why it is refused. */
export function cardOf({ civilId, name }: Pick<RegisteredPerson, "civilId" | "name">): string {
  return JSON.stringify({ civilId, name });
}

export function refusedCard(refusal: CardRefusal): string {
  return JSON.stringify({ refusal });
}

function verdictIn(text: string | null): JudgedCard {
  if (text === null) return { ok: false, refusal: "card.absent", reason: "certificate.absent" };
  const said = JSON.parse(text) as { civilId: string; name: string; passport?: string; refusal?: CardRefusal };
  if (said.refusal) return { ok: false, refusal: said.refusal, reason: "as the test wants it" };
  const holder: CardHolder =
    said.passport === undefined
      ? { kind: "national", civilId: said.civilId }
      : { kind: "foreign", documentKind: "PAS", country: "AF", number: said.passport };
  return {
    ok: true,
    card: { holder, name: said.name, fingerprint: "f".repeat(64), expiresAt: new Date("2032-06-30T00:00:00Z") },
  };
}
