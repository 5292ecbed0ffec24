/** The wires of our own ceremony with nothing behind them (see wires-server.ts): no peer, the floor under our row. */
import { join } from "node:path";
import { clientId, clientSecret, redirectUri } from "../contestant.ts";
import type { Contestant, Entry } from "../contestant.ts";
import { createRelyingParty } from "../driver/relying-party.ts";
import { startSmsc } from "../driver/smsc.ts";
import { answers, startChild } from "../measure/child.ts";
import { findPostgres, startCluster } from "../measure/cluster.ts";
import { phoneOf } from "../seeding/citizens.ts";
import type { WiresSettings } from "./wires-server.ts";

export const wiresAlone: Contestant = {
  name: "The wires alone",
  packages: ["postgresql"],
  missing: () => (findPostgres() === undefined ? "PostgreSQL's server programs" : null),
  async start({ folder, codes, people, freePort }) {
    const cluster = startCluster();
    const port = await freePort();
    const origin = `http://127.0.0.1:${String(port)}`;
    const smsc = await startSmsc(codes);
    const databaseUrl = cluster.create("wires");
    const settings: WiresSettings = {
      port,
      databaseUrl,
      smscUrl: smsc.settings.CHAVE_SMPP_URL,
      people,
    };
    const child = await startChild({
      command: process.execPath,
      words: [join(import.meta.dirname, "wires-server.ts")],
      env: { BENCH_SETTINGS: JSON.stringify(settings) },
      log: join(folder, "log"),
      ready: () => answers(`${origin}/.well-known/openid-configuration`),
    });
    const party = await createRelyingParty({ origin, clientId, clientSecret, redirectUri, scope: "openid profile" });
    const entry: Entry = {
      name: "The wires alone",
      store: "PostgreSQL",
      hash: "cheapest",
      hashNote: "nothing compared",
      // It writes as ours does, and is no product to be compared with.
      durable: false,
      ours: false,
      people,
      async play(browser, authorization, n) {
        const phone = phoneOf(n);
        const identify = await browser.go(authorization);
        const code = await browser.submit(identify, { phone, pin: "000000" });
        const consent = await browser.submit(code, { phone, code: await codes.wait(phone) });
        return (await browser.submit(consent, { decision: "authorise" })).url;
      },
    };
    return {
      origin,
      redirectUri,
      party,
      entries: [entry],
      compiles: true,
      roots: [child.pid, cluster.pid],
      databaseUrl,
      async stop() {
        await party.close();
        await child.stop();
        await smsc.stop();
        cluster.stop();
      },
    };
  },
};
