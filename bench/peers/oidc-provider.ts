/** npm `oidc-provider`, bare (see oidc-provider-server.ts). */
import { join } from "node:path";
import { clientId, clientSecret, redirectUri } from "../contestant.ts";
import type { Contestant, Entry } from "../contestant.ts";
import { startHttpInbox } from "../driver/http-inbox.ts";
import { createRelyingParty } from "../driver/relying-party.ts";
import { answers, startChild } from "../measure/child.ts";
import { phoneOf } from "../seeding/citizens.ts";

export const bareOidcProvider: Contestant = {
  name: "oidc-provider",
  packages: [],
  missing: () => null,
  async start({ folder, codes, people, freePort }) {
    const port = await freePort();
    const origin = `http://127.0.0.1:${String(port)}`;
    const inbox = await startHttpInbox(codes);
    const settings = { port, smsUrl: inbox.url, clientId, clientSecret, redirectUri };
    const child = await startChild({
      command: process.execPath,
      words: [join(import.meta.dirname, "oidc-provider-server.ts")],
      env: { NODE_ENV: "production", BENCH_SETTINGS: JSON.stringify(settings) },
      log: join(folder, "log"),
      ready: () => answers(`${origin}/.well-known/openid-configuration`),
    });
    const party = await createRelyingParty({ origin, clientId, clientSecret, redirectUri, scope: "openid profile" });
    const entry: Entry = {
      name: "oidc-provider, bare",
      store: "memory",
      hash: "cheapest",
      hashNote: "no hash",
      durable: false,
      ours: false,
      people,
      async play(browser, authorization, n) {
        const phone = phoneOf(n);
        const login = await browser.go(authorization);
        const code = await browser.submit(login, { phone, pin: phone.slice(-6) });
        const consent = await browser.submit(code, { code: await codes.wait(phone) });
        return (await browser.submit(consent, {})).url;
      },
    };
    return {
      origin,
      redirectUri,
      party,
      entries: [entry],
      compiles: true,
      roots: [child.pid],
      async stop() {
        await party.close();
        await child.stop();
        await inbox.stop();
      },
    };
  },
};
