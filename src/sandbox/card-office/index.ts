/** The card office: issues citizen cards from authorities of its own, and tells by responder and list whether they still hold. */
import { join } from "node:path";
import type { Hono } from "hono";
import type { Clock } from "#platform/world";
import type { People, Person } from "../people/index.ts";
import { openAuthorities, type Authorities } from "./authorities.ts";
import { addressesBelow } from "./names.ts";
import { createOffice, type Office } from "./office.ts";
import { createReaderRoutes } from "./reader/index.ts";
import { createOfficeRoutes } from "./routes.ts";
import { createTokens, type Tokens } from "./tokens.ts";

export type { Authorities, Authority } from "./authorities.ts";
export type { Card, CardKey, CardOptions, Credential } from "./cards.ts";
export type { Office } from "./office.ts";
export { POLICY } from "./names.ts";

export interface CardOfficeNeeds {
  readonly clock: Clock;
  readonly shelfFolder: string;
  readonly people: People;
  /** The person as the civil registry knows them now. */
  readonly current: (person: Person) => Person;
  /** The hub's own address: the certificates' addresses are below it. */
  readonly hubUrl: string;
}

export interface CardOffice extends Office {
  readonly authorities: Authorities;
  readonly tokens: Tokens;
  readonly routes: Hono;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function createCardOffice(needs: CardOfficeNeeds): Promise<CardOffice> {
  const folder = join(needs.shelfFolder, "card-office");
  const addresses = addressesBelow(needs.hubUrl);
  const authorities = await openAuthorities({ clock: needs.clock, folder, addresses });
  const office = createOffice({ ...needs, authorities, addresses });
  const tokens = createTokens(folder);
  const routes = createOfficeRoutes({ ...needs, office, authorities, tokens, readerUrl: `${needs.hubUrl}/card-reader` });
  routes.route("/", createReaderRoutes({ ...needs, office }));
  return Object.assign(office, { authorities, tokens, routes, start: still, stop: still });
}

const still = () => Promise.resolve();
