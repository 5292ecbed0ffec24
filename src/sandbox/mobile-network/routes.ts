/** What one can see and order of the mobile network over HTTP. */
import { Hono } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import { sandboxMoment, sandboxPage } from "../kit/page.ts";
import { NETWORK_MODES } from "./phones.ts";
import type { Phones } from "./phones.ts";
import type { SmsMessage } from "./join-parts.ts";

const ORDER = z.object({ mode: z.enum(NETWORK_MODES), seconds: z.coerce.number().min(0).max(86_400).optional() });
const WATCH_SECONDS = 3;

/** Whose phone that is, where the country knows it. */
export type NameOf = (phone: string) => string | null;

export function phoneRoutes(phones: Phones, nameOf: NameOf): Hono {
  const routes = new Hono();

  routes.get("/phones", (c) => c.html(listPage(phones, nameOf)));

  routes.get("/phones/:e164", (c) => {
    const phone = readPhone(c.req.param("e164"));
    return phone ? c.html(phonePage(phone, phones, nameOf)) : c.json({ error: "not an E.164 number" }, 400);
  });

  routes.get("/phones/:e164/messages", (c) => {
    const phone = readPhone(c.req.param("e164"));
    return phone ? c.json(phones.messagesOf(phone)) : c.json({ error: "not an E.164 number" }, 400);
  });

  routes.post("/phones/:e164/network", async (c) => {
    const phone = readPhone(c.req.param("e164"));
    const fromPage = c.req.header("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
    const order = ORDER.safeParse(fromPage ? withoutEmpty(await c.req.parseBody()) : await c.req.json().catch(() => null));
    if (!phone || !order.success)
      return c.json({ error: `give a phone and one of the modes ${NETWORK_MODES.join(", ")}` }, 400);
    phones.setNetwork(phone, order.data);
    return fromPage ? c.redirect(`/phones/${phone}`, 303) : c.json(phones.networkOf(phone));
  });

  return routes;
}

/** With its plus sign, without it, or with it escaped (which the router has undone). */
function readPhone(written: string): string | null {
  const digits = /^\s*\+?([1-9]\d{5,14})$/.exec(written)?.[1];
  return digits === undefined ? null : `+${digits}`;
}

function withoutEmpty(fields: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
}

function listPage(phones: Phones, nameOf: NameOf) {
  const numbers = phones.list();
  return sandboxPage({
    title: "Phones",
    body:
      numbers.length === 0
        ? html`<p>No phone has received a message yet.</p>`
        : html`<ul class="cards">
            ${numbers.map((phone) => html`<li><a href="/phones/${phone}">${phone}</a> ${nameOf(phone)}</li>`)}
          </ul>`,
  });
}

function phonePage(phone: string, phones: Phones, nameOf: NameOf) {
  const messages = phones.messagesOf(phone);
  return sandboxPage({
    title: `Phone ${phone}`,
    refreshSeconds: WATCH_SECONDS,
    links: [["Phones", "/phones"]],
    body: html`<p>${nameOf(phone)}</p>
      <section class="phone" aria-label="Messages, newest first">
        ${messages.length === 0 ? html`<p class="quiet">No messages.</p>` : messages.map(bubble)}
      </section>
      <h2>Network</h2>
      <p>This phone's network is <strong>${phones.networkOf(phone).mode}</strong>.</p>
      <form method="post" action="/phones/${phone}/network">
        ${NETWORK_MODES.map((mode) => html`<button name="mode" value="${mode}">${mode}</button> `)}
      </form>`,
  });
}

function bubble(message: SmsMessage) {
  return html`<p class="quiet"><strong>${message.from}</strong> ${sandboxMoment(message.at)}</p>
    <p class="text">${message.text}</p>`;
}
