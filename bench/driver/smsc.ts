/** The sandbox's message centre without its memory: each code goes straight to the ceremony that waits for it. */
import { systemClock } from "#platform/world";
import { createSmsc } from "../../src/sandbox/mobile-network/smsc.ts";
import type { Codes } from "./codes.ts";

const login = { systemId: "bench", password: "bench" };

export async function startSmsc(codes: Codes) {
  const smsc = createSmsc({ port: 0, login, clock: systemClock, phones: phonesFor(codes) });
  await smsc.start();
  const url = `smpp://${login.systemId}:${login.password}@127.0.0.1:${String(smsc.port())}`;
  return { settings: { CHAVE_SMPP_URL: url }, stop: () => smsc.stop() };
}

type Phones = Parameters<typeof createSmsc>[0]["phones"];

function phonesFor(codes: Codes): Phones {
  return {
    take({ to, text }) {
      const code = /^\d{6}/.exec(text)?.[0];
      if (code !== undefined) codes.deliver(to, code);
      return { deliveredIn: 0 };
    },
    messagesOf: () => [],
    networkOf: () => ({ mode: "normal" }),
    setNetwork: () => undefined,
    list: () => [],
  };
}
