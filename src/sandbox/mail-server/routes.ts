/** Mailboxes one can look into over HTTP. */
import { Hono } from "hono";
import { html } from "hono/html";
import { sandboxMoment, sandboxPage } from "../kit/page.ts";
import type { StoredMail } from "./stored-mail.ts";

interface Mailboxes {
  messagesOf(address: string): readonly StoredMail[];
  list(): readonly string[];
}

const WATCH_SECONDS = 5;

export function mailboxRoutes(mailboxes: Mailboxes): Hono {
  const routes = new Hono();
  routes.get("/mailboxes", (c) => c.html(listPage(mailboxes.list())));
  routes.get("/mailboxes/:address", (c) => c.html(mailboxPage(c.req.param("address"), mailboxes)));
  routes.get("/mailboxes/:address/messages", (c) => c.json(mailboxes.messagesOf(c.req.param("address"))));
  return routes;
}

function listPage(addresses: readonly string[]) {
  return sandboxPage({
    title: "Mailboxes",
    body:
      addresses.length === 0
        ? html`<p>No mailbox has received a message yet.</p>`
        : html`<ul class="cards">
            ${addresses.map((address) => html`<li><a href="/mailboxes/${encodeURIComponent(address)}">${address}</a></li>`)}
          </ul>`,
  });
}

function mailboxPage(address: string, mailboxes: Mailboxes) {
  const messages = mailboxes.messagesOf(address);
  return sandboxPage({
    title: `Mailbox ${address}`,
    refreshSeconds: WATCH_SECONDS,
    links: [["Mailboxes", "/mailboxes"]],
    body:
      messages.length === 0
        ? html`<p class="quiet">No messages.</p>`
        : html`<ol class="cards">
            ${messages.map(
              (mail) => html`<li>
                <h2>${mail.subject}</h2>
                <p class="quiet">${mail.from}, ${sandboxMoment(mail.at)}</p>
                <p class="text">${mail.text}</p>
              </li>`,
            )}
          </ol>`,
  });
}
