/** The office: who has which card, how it stands, and what is told of it by responder and list. */
import type { Clock } from "#platform/world";
import type { People, Person } from "../people/index.ts";
import type { Authorities } from "./authorities.ts";
import { createCards, type Card, type CardOptions } from "./cards.ts";
import { AUTHORITIES, type Addresses, type AuthorityName } from "./names.ts";
import { createOcspResponder, type CertificateStatus, type OcspMode, type OcspResponder } from "./ocsp.ts";
import { listTimes, makeRevocationList, type CrlMode, type Revoked } from "./revocation-list.ts";
import { createCardStandings, type CardStandings, type Reason, type Standing } from "./standing.ts";

export interface OfficeNeeds {
  readonly clock: Clock;
  readonly shelfFolder: string;
  readonly people: People;
  /** The person as the civil registry knows them now. */
  readonly current: (person: Person) => Person;
  readonly authorities: Authorities;
  readonly addresses: Addresses;
}

export interface OfficeModes {
  readonly ocsp: OcspMode;
  readonly crl: CrlMode;
}

export interface Office {
  /** The holder's card, made when first asked for; undefined for a person who has none. */
  cardOf(civilId: string): Promise<Card | undefined>;
  /** A new card in place of the one the person had, which is revoked as superseded. */
  issueCard(person: Person, options?: CardOptions): Promise<Card>;
  readonly standings: CardStandings;
  setStanding(civilId: string, standing: Standing, reason?: Reason): Promise<"set" | "no-card" | "final">;
  readonly modes: OfficeModes;
  setModes(modes: Partial<OfficeModes>): void;
  ocsp(request: Uint8Array, mode: Exclude<OcspMode, "unreachable">): ReturnType<OcspResponder["answer"]>;
  revocationList(authority: AuthorityName, mode: Exclude<CrlMode, "unreachable" | "garbage">): Promise<Buffer>;
}

export function createOffice(needs: OfficeNeeds): Office {
  const { clock, people, current, authorities } = needs;
  const cards = createCards(needs);
  const standings = createCardStandings(needs);
  const responder = createOcspResponder({ clock, authorities, statusOf });
  const making = new Map<string, Promise<Card>>();
  let modes: OfficeModes = { ocsp: "normal", crl: "normal" };

  async function cardOf(civilId: string): Promise<Card | undefined> {
    const known = cards.latestOf(civilId);
    if (known !== undefined && isHere(known)) return known;
    const person = people.findByCivilId(civilId);
    if (person === undefined || person.cardPin === null) return undefined;
    const begun = making.get(civilId) ?? makeCard(current(person), known).finally(() => making.delete(civilId));
    making.set(civilId, begun);
    return begun;
  }

  /** A sandbox that was moved to other ports certifies its cards again: their addresses are in them. */
  const isHere = (card: Card) => card.authentication.certificate.infoAccess?.includes(needs.addresses.ocsp) === true;

  async function makeCard(person: Person, former: Card | undefined): Promise<Card> {
    const key = former?.key ?? person.card?.key;
    const standing = former === undefined ? (person.card?.suspended === true ? "suspended" : "good") : standingOf(former);
    const card = await issueCard(person, key === undefined ? {} : { key });
    if (standing !== "good") standings.set(card, standing);
    return card;
  }

  const standingOf = (card: Card): Standing => standings.revocationOf(card)?.standing ?? "good";

  async function issueCard(person: Person, options?: CardOptions): Promise<Card> {
    const former = cards.latestOf(person.civilId);
    const card = await cards.issue(person, options);
    if (former !== undefined) standings.set(former, "revoked", "superseded");
    return card;
  }

  async function setStanding(civilId: string, standing: Standing, reason?: Reason): Promise<"set" | "no-card" | "final"> {
    const card = await cardOf(civilId);
    if (card === undefined) return "no-card";
    heed(card);
    return standings.set(card, standing, reason) ? "set" : "final";
  }

  /** A cancelled document or a death, once known here, ends the certificates for good. */
  function heed(card: Card): void {
    const person = people.findByCivilId(card.civilId);
    if (person === undefined || standings.revocationOf(card)?.standing === "revoked") return;
    const { document, deceased } = current(person);
    if (document.number !== card.number) return;
    if (deceased) standings.set(card, "revoked", "affiliationChanged");
    else if (document.cancelled) standings.set(card, "revoked", "cessationOfOperation");
  }

  function statusOf(issuer: AuthorityName, serial: string): CertificateStatus {
    if (issuer === "root") return isAuthority(serial, authorities) ? "good" : "unknown";
    const card = cards.bySerial(issuer, serial);
    if (card === undefined) return "unknown";
    heed(card);
    return standings.revocationOf(card) ?? "good";
  }

  function revokedBy(authority: AuthorityName): Revoked[] {
    if (authority === "root") return [];
    return cards.all().flatMap((card) => {
      heed(card);
      const revocation = standings.revocationOf(card);
      return revocation === undefined ? [] : [{ ...revocation, serial: card[authority].certificate.serialNumber }];
    });
  }

  return {
    cardOf,
    issueCard,
    standings,
    setStanding,
    get modes() {
      return modes;
    },
    setModes(changed) {
      modes = { ...modes, ...changed };
    },
    ocsp: responder.answer,
    revocationList(name, mode) {
      const signer = mode === "wrong-issuer" ? authorities[name === "root" ? "signature" : "root"] : authorities[name];
      return makeRevocationList(authorities[name], revokedBy(name), listTimes(clock.now(), mode === "stale"), signer);
    },
  };
}

function isAuthority(serial: string, authorities: Authorities): boolean {
  return AUTHORITIES.some((name) => authorities[name].certificate.serialNumber === serial.toUpperCase());
}
