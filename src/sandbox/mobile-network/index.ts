/** The mobile network of the sandbox: an SMPP message centre, and the phones it delivers to. */
import type { Hono } from "hono";
import type { Clock } from "#platform/world";
import { openPhones } from "./phones.ts";
import { phoneRoutes, type NameOf } from "./routes.ts";
import { createSmsc } from "./smsc.ts";
import type { SmscLogin } from "./smsc.ts";

export interface MobileNetwork {
  readonly routes: Hono;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The port it listens on, once started: another than the one asked for when that was 0. */
  port(): number;
}

/** With what the product binds in the sandbox: `smpp://chave:sandbox@localhost:3014`. */
export const SANDBOX_SMSC_LOGIN: SmscLogin = { systemId: "chave", password: "sandbox" };

export function createMobileNetwork(needs: {
  port: number;
  clock: Clock;
  shelfFolder: string;
  login?: SmscLogin;
  nameOf?: NameOf;
}): MobileNetwork {
  const { port, clock, shelfFolder, login = SANDBOX_SMSC_LOGIN, nameOf = () => null } = needs;
  const phones = openPhones({ clock, shelfFolder });
  return { routes: phoneRoutes(phones, nameOf), ...createSmsc({ port, login, clock, phones }) };
}
