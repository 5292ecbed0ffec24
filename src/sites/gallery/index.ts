/** Every page in every state and language, to be looked at by people and by tests. Never open in earnest. */
import type { Hono } from "hono";
import { languages, type Language } from "#core/vocabulary";
import { html, type Html, type Kit, type Page } from "#sites/kit";
import type { Words } from "#words";
import { states } from "./states.ts";

export function openGallery(app: Hono, kit: Kit): void {
  app.get("/gallery", (c) => kit.show(c, galleryView));
  app.get("/gallery/:name", (c) => {
    const state = states.get(c.req.param("name"));
    return state ? kit.show(c, state) : kit.fail(c, "notFound");
  });
}

function galleryView(_words: Words): Page {
  return {
    name: "gallery",
    heading: "Gallery",
    width: "text",
    body: html`<nav class="contents" aria-label="Gallery"><ul>${[...states.keys()].map(
      (name) => html`<li>${name}${languages.map((language) => linkTo(name, language))}</li>`,
    )}</ul></nav>`,
  };
}

function linkTo(name: string, language: Language): Html {
  return html` <a href="/gallery/${name}?lang=${language}" aria-label="${name}, ${language}">${language}</a>`;
}
