/** The office: who has which card, how it stands, and what is told of it by responder and list. */
import { bind } from "#platform/bind";
import type { Clock } from "#platform/world";
import type { People, Person } from "../people/index.ts";
import type { Authorities } from "./authorities.ts";
import { createCards, type Card, type CardOptions, type Cards } from "./cards.ts";
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

/** "final": the card was revoked, which is for ever. */
type Verdict = "set" | "no-card" | "final";

export interface Office {
  /** The holder's card, made when first asked for; undefined for a person who has none. */
  cardOf(civilId: string): Promise<Card | undefined>;
  /** A new card in place of the one the person had, which is revoked as superseded. */
  issueCard(person: Person, options?: CardOptions): Promise<Card>;
  readonly standings: CardStandings;
  setStanding(civilId: string, standing: Standing, reason?: Reason): Promise<Verdict>;
  readonly modes: OfficeModes;
  setModes(modes: Partial<OfficeModes>): void;
  ocsp(request: Uint8Array, mode: Exclude<OcspMode, "unreachable">): ReturnType<OcspResponder["answer"]>;
  revocationList(authority: AuthorityName, mode: Exclude<CrlMode, "unreachable" | "garbage">): Promise<Buffer>;
}

interface Registers extends OfficeNeeds {
  readonly cards: Cards;
  readonly standings: CardStandings;
  /** Cards being made: who asks meanwhile gets the same one. */
  readonly making: Map<string, Promise<Card>>;
}

export function createOffice(needs: OfficeNeeds): Office {
  const { clock, authorities } = needs;
  const standings = createCardStandings(needs);
  const registers: Registers = { ...needs, cards: createCards(needs), standings, making: new Map() };
  const statusHere = (issuer: AuthorityName, serial: string) => statusOf(registers, issuer, serial);
  const responder = createOcspResponder({ clock, authorities, statusOf: statusHere });
  let modes: OfficeModes = { ocsp: "normal", crl: "normal" };
  return {
    ...bind(registers, { cardOf, issueCard, setStanding, revocationList }),
    standings,
    get modes() {
      return modes;
    },
    setModes(changed) {
      modes = { ...modes, ...changed };
    },
    ocsp: responder.answer,
  };
}

async function cardOf(registers: Registers, civilId: string): Promise<Card | undefined> {
  const { cards, people, making } = registers;
  const latest = cards.latestOf(civilId);
  if (latest !== undefined && isHere(registers, latest)) return latest;
  const person = people.findByCivilId(civilId);
  if (person === undefined || person.cardPin === null) return undefined;
  const begun = making.get(civilId) ?? makeCard(registers, person, latest).finally(() => making.delete(civilId));
  making.set(civilId, begun);
  return begun;
}

/** A sandbox that was moved to other ports certifies its cards again: their addresses are in them. */
function isHere({ addresses }: Registers, card: Card): boolean {
  return card.authentication.certificate.infoAccess?.includes(addresses.ocsp) === true;
}

/** Made again, a card has the key and the standing that the former one had. */
async function makeCard(registers: Registers, sample: Person, former: Card | undefined): Promise<Card> {
  const { current, standings } = registers;
  const person = current(sample);
  const key = former?.key ?? person.card?.key;
  // Before the new one is issued, which revokes the former.
  const standing = former ? (standings.revocationOf(former)?.standing ?? "good") : standingAtBirth(person);
  const card = await issueCard(registers, person, key === undefined ? {} : { key });
  if (standing !== "good") standings.set(card, standing);
  return card;
}

const standingAtBirth = ({ card }: Person): Standing => (card?.suspended === true ? "suspended" : "good");

async function issueCard({ cards, standings }: Registers, person: Person, options?: CardOptions): Promise<Card> {
  const former = cards.latestOf(person.civilId);
  const card = await cards.issue(person, options);
  if (former !== undefined) standings.set(former, "revoked", "superseded");
  return card;
}

async function setStanding(registers: Registers, civilId: string, standing: Standing, reason?: Reason): Promise<Verdict> {
  const card = await cardOf(registers, civilId);
  if (card === undefined) return "no-card";
  endIfOver(registers, card);
  return registers.standings.set(card, standing, reason) ? "set" : "final";
}

/** A cancelled document or a death, once the registry has it, ends the certificates for good. */
function endIfOver({ people, standings, current }: Registers, card: Card): void {
  const person = people.findByCivilId(card.civilId);
  if (person === undefined || standings.revocationOf(card)?.standing === "revoked") return;
  const { document, deceased } = current(person);
  if (document.number !== card.number) return;
  if (deceased) standings.set(card, "revoked", "affiliationChanged");
  else if (document.cancelled) standings.set(card, "revoked", "cessationOfOperation");
}

function statusOf(registers: Registers, issuer: AuthorityName, serial: string): CertificateStatus {
  const { authorities, cards, standings } = registers;
  if (issuer === "root") return isAuthority(serial, authorities) ? "good" : "unknown";
  const card = cards.bySerial(issuer, serial);
  if (card === undefined) return "unknown";
  endIfOver(registers, card);
  return standings.revocationOf(card) ?? "good";
}

function revocationList(registers: Registers, name: AuthorityName, mode: Exclude<CrlMode, "unreachable" | "garbage">) {
  const { authorities, clock } = registers;
  const signer = mode === "wrong-issuer" ? authorities[name === "root" ? "signature" : "root"] : authorities[name];
  return makeRevocationList(authorities[name], revokedBy(registers, name), listTimes(clock.now(), mode === "stale"), signer);
}

function revokedBy(registers: Registers, authority: AuthorityName): Revoked[] {
  if (authority === "root") return [];
  return registers.cards.all().flatMap((card) => {
    endIfOver(registers, card);
    const revocation = registers.standings.revocationOf(card);
    return revocation === undefined ? [] : [{ ...revocation, serial: card[authority].certificate.serialNumber }];
  });
}

function isAuthority(serial: string, authorities: Authorities): boolean {
  return AUTHORITIES.some((name) => authorities[name].certificate.serialNumber === serial.toUpperCase());
}
