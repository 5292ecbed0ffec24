/** Pages for when something did not go: few words, what to do now, a reference. */
import type { Words } from "#words";
import { html, type Html } from "./html.ts";
import type { Page } from "./layout.ts";
import { places } from "./places.ts";

export type ErrorKind =
  | "notFound"
  | "fault"
  | "unavailable"
  | "sessionExpired"
  | "otherSite"
  | "malformed"
  | "tooLarge"
  | "mediaType"
  | "tooManyRequests";

interface ErrorRow {
  readonly status: 400 | 403 | 404 | 413 | 415 | 429 | 500 | 503;
  readonly refusal?: string;
}

export const errorTable: Readonly<Record<ErrorKind, ErrorRow>> = {
  notFound: { status: 404 },
  fault: { status: 500 },
  unavailable: { status: 503, refusal: "service.unavailable" },
  sessionExpired: { status: 403, refusal: "session.expired" },
  otherSite: { status: 403, refusal: "form.other-site" },
  malformed: { status: 400, refusal: "form.malformed" },
  tooLarge: { status: 413, refusal: "form.too-large" },
  mediaType: { status: 415, refusal: "form.media-type" },
  tooManyRequests: { status: 429, refusal: "requests.too-many" },
};

export function errorPage(words: Words, { kind, reference }: { kind: ErrorKind; reference: string }): Page {
  const { refusal } = errorTable[kind];
  const { title, text } = words.errors[kind];
  return {
    name: kind === "notFound" ? "not-found" : "error",
    heading: title,
    sign: "stop",
    ...(refusal && { refusal }),
    body: html`<p class="lead">${text}</p>
<p><a class="button" href="${places.home}">${words.actions.home}</a></p>${kind !== "notFound" && referenceLine(words, reference)}`,
  };
}

export function referenceLine(words: Words, reference: string): Html {
  return html`<p class="reference">${words.errors.reference(reference)} <span class="hint">${words.errors.referenceHint}</span></p>`;
}
