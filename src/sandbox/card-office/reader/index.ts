/** The virtual card reader: a page of the hub that stands for reader, card and the card's program, and speaks Web eID to the page. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { html, raw } from "hono/html";
import { z } from "zod";
import { fullName, type People } from "../../people/index.ts";
import { refuseOtherSites } from "../../kit/own-page.ts";
import { sandboxPage } from "../../kit/page.ts";
import type { Office } from "../office.ts";
import { signToken } from "./web-eid.ts";
import { words, type ReaderLanguage } from "./words.ts";

interface ReaderNeeds {
  readonly office: Office;
  readonly people: People;
  readonly hubUrl: string;
}

const SCRIPTS = ["bridge.js", "reader.js"] as const;
const read = (file: (typeof SCRIPTS)[number]) => readFileSync(join(import.meta.dirname, file), "utf8");

/** Web eID asks for a nonce of 44 characters or more, and takes no more than 128. */
const Asked = z.strictObject({
  card: z.string().max(8),
  pin: z.string().max(16),
  origin: z.url().max(200),
  challengeNonce: z.string().min(44).max(128),
});

export function createReaderRoutes({ office, people, hubUrl }: ReaderNeeds): Hono {
  const routes = new Hono();
  for (const file of SCRIPTS)
    routes.get(`/card-reader/${file}`, (c) => c.body(read(file), 200, { "content-type": "text/javascript; charset=utf-8" }));
  routes
    .use("/card-reader/sign", refuseOtherSites(hubUrl))
    .get("/card-reader", (c) => {
      const language = c.req.query("lang") === "en" ? "en" : "pt";
      return c.html(readerPage(people, { language, chosen: c.req.query("card"), framed: c.req.query("framed") === "yes" }));
    })
    .post("/card-reader/sign", async (c) => {
      const asked = Asked.safeParse(await c.req.json().catch(() => null));
      if (!asked.success) return c.json({ verdict: "not-understood" }, 400);
      const { pin, origin, challengeNonce } = asked.data;
      const card = await office.cardOf(asked.data.card);
      if (card === undefined) return c.json({ verdict: "no-card" }, 404);
      const judged = office.standings.tryPin(card, pin);
      if (judged.verdict !== "right") return c.json(judged, 403);
      return c.json({ verdict: "signed", token: signToken(card, origin, challengeNonce) });
    });
  return routes;
}

/** Of the people made on request, who may be thousands, the newest. */
const MOST_MADE = 10;

function holdersFor(people: People, chosen: string | undefined) {
  const holders = people.all().filter(({ cardPin }) => cardPin !== null);
  const made = holders.filter(({ note }) => note === "made on request");
  const shown = new Set(made.slice(-MOST_MADE));
  return holders.filter((person) => person.note !== "made on request" || shown.has(person) || person.civilId === chosen);
}

interface Shown {
  readonly language: ReaderLanguage;
  readonly chosen: string | undefined;
  readonly framed: boolean;
}

function readerPage(people: People, { language, chosen, framed }: Shown) {
  const say = words[language];
  const body = html`<p>${say.intro}</p>
    <p id="asks">${say.nobody}</p>
    <form>
      <label for="card">${say.card}</label>
      <select id="card" name="card">
        <option value="">${say.none}</option>
        ${holdersFor(people, chosen).map(
          (person) =>
            html`<option value="${person.civilId}" data-pin="${person.cardPin}" ${person.civilId === chosen ? "selected" : ""}>
              ${fullName(person)}, ${person.civilId}
            </option>`,
        )}
      </select>
      <p role="status"></p>
      <div id="ready">
        <label for="pin">${say.pin}</label>
        <p class="quiet" id="hint"></p>
        <input id="pin" name="pin" type="password" inputmode="numeric" autocomplete="off" maxlength="8" aria-describedby="hint" />
        <p>
          <button name="sign" value="sign" disabled>${say.sign}</button>
          <button class="other" value="cancel">${say.cancel}</button>
        </p>
      </div>
      <p id="blocked" hidden>
        <button value="close">${say.close}</button> <button class="other" value="unblock">${say.unblock}</button>
        <button class="other" value="reissue">${say.reissue}</button>
      </p>
    </form>
    <script type="application/json" id="words">
      ${raw(JSON.stringify(say).replaceAll("<", "\\u003c"))}
    </script>
    <script type="module" src="/card-reader/reader.js"></script>`;
  return sandboxPage({ title: say.title, language, framed, body });
}
