/** What the pages are made with: one answer form, one way to read a posted form, one way to fail. */
import type { Language, Visitor } from "#core/vocabulary";
import type { HttpBindings } from "@hono/node-server";
import { Hono, type Context } from "hono";
import { bind } from "#platform/bind";
import { isBrokenOff, isUnavailable } from "#platform/faults";
import type { Secrets } from "#platform/secrets";
import type { Log } from "#platform/log";
import type { Clock, Random } from "#platform/world";

import { wordsIn, type Words } from "#words";
import { answerWith } from "./answers.ts";
import { assetResponse } from "./assets.ts";
import { comesFromOurPage, createMarks, type Marks } from "./csrf.ts";
import { errorPage, errorTable, type ErrorKind } from "./error-pages.ts";
import { readForm, type Form } from "./form.ts";
import { pageHeaders } from "./headers.ts";
import { languageOf } from "./language.ts";
import { layout, type Page } from "./layout.ts";
import { places } from "./places.ts";
import type { SiteSettings } from "./settings.ts";
import { createVisitors, type Visitors } from "./visitor.ts";

export interface KitNeeds {
  readonly secrets: Secrets;
  readonly random: Random;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: SiteSettings;
}

/** What a handler knows of its request. */
export interface Scene {
  readonly visitor: Visitor;
  readonly words: Words;
  readonly language: Language;
  /** For the hidden field of each form on the page. */
  readonly csrf: string;
  /** What the posted form was made for, where its page said so (`marked`). */
  readonly about: string | null;
}

export interface ShowOptions {
  readonly status?: number;
  /** Origins that a form on this page ends at. */
  readonly formTargets?: readonly string[];
  /** Where the language switch leads, when not here. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a handler gives back. */
export type Answer = Response | Promise<Response>;

export interface Kit extends Visitors {
  readonly settings: SiteSettings;
  readonly clock: Clock;
  scene(c: Context): Promise<Scene>;
  /** Shows a page in the language of the request. */
  show(c: Context, view: (words: Words) => Page, options?: ShowOptions): Response;
  /** A handler for a form of ours: bounded, well-formed, from this session and from our own page, or it never gets here. */
  posted(handle: (c: Context, scene: Scene, form: Form) => Answer): (c: Context) => Promise<Response>;
  /** A short number by which a person and the log can speak of the same event. */
  note(about: { readonly refusal: string }): string;
  reference(): string;
  fail(c: Context, kind: ErrorKind, reference?: string): Response;
}

interface Needs extends KitNeeds {
  readonly visitors: Visitors;
  readonly marks: Marks;
}

export function createKit(given: KitNeeds): Kit {
  const { secrets, settings, clock } = given;
  const visitors = createVisitors(given);
  const needs: Needs = { ...given, visitors, marks: createMarks(secrets) };
  return { ...visitors, settings, clock, ...bind(needs, { scene, show, posted, note, reference, fail }) };
}

function show(
  { settings }: Pick<Needs, "settings">,
  c: Context,
  view: (words: Words) => Page,
  options: ShowOptions = {},
): Response {
  const language = languageOf(c, settings);
  const words = wordsIn[language];
  const page = view(words);
  const formTargets = options.formTargets ?? page.asks?.returnOrigins ?? [];
  const headers = { ...pageHeaders(settings, formTargets, page), ...options.headers };
  const text = layout({ words, language, settings, path: ownPath(options.path ?? c.req.path) }, page).toString();
  return answerWith(c, text, options.status ?? 200, headers);
}

function reference({ random }: Needs): string {
  return random.digits(8).replace(/^(....)/, "$1-");
}

function note(needs: Needs, about: { readonly refusal: string }): string {
  const name = reference(needs);
  needs.log.info({ reference: name, ...about }, "refused");
  return name;
}

function fail(needs: Needs, c: Context, kind: ErrorKind, noted?: string): Response {
  const { status, refusal } = errorTable[kind];
  const name = noted ?? note(needs, { refusal: refusal ?? kind });
  return show(needs, c, (words) => errorPage(words, { kind, reference: name }), {
    status,
    ...(kind === "unavailable" && { headers: { "Retry-After": "30" } }),
    // What was posted cannot be had again by a link.
    ...(c.req.method !== "GET" && { path: places.home }),
  });
}

async function scene({ visitors, marks }: Needs, c: Context): Promise<Scene> {
  const visitor = visitors.visitorOf(c);
  const { language } = visitor;
  return { visitor, language, words: wordsIn[language], csrf: await marks.of(visitor.session), about: null };
}

type Handle = (c: Context, scene: Scene, form: Form) => Answer;

function posted(needs: Needs, handle: Handle): (c: Context) => Promise<Response> {
  return (c) => receive(needs, c, handle);
}

async function receive(needs: Needs, c: Context, handle: Handle): Promise<Response> {
  const { visitors, marks, settings } = needs;
  if (!comesFromOurPage(c.req.raw.headers, settings.publicUrl)) return fail(needs, c, "otherSite");
  const form = await readForm(c.req.raw);
  if (typeof form === "string") return fail(needs, c, form);
  languageOf(c, settings, form.text("lang"));
  if (!visitors.hasSession(c)) return fail(needs, c, "sessionExpired");
  const { session } = visitors.visitorOf(c);
  const [mark = "", about = null] = form.text("csrf").split(".");
  if (!(await marks.bears(session, mark))) return fail(needs, c, "sessionExpired");
  return handle(c, { ...(await scene(needs, c)), about }, form);
}

/** A page outside any request of ours, for a door that answers with a string. */
export function renderPage(settings: SiteSettings, language: Language, view: (words: Words) => Page): string {
  const words = wordsIn[language];
  return layout({ words, language, settings, path: places.home }, view(words)).toString();
}

/** "//host" would be a link to somebody else's site. */
const ownPath = (path: string) => (/^\/(?![/\\])/.test(path) ? path : "/");

/** Whatever a door throws becomes a page that says nothing but a reference. */
export function createApp(kit: Kit, log: Log): Hono {
  const app = new Hono();
  app.get("/assets/*", (c) => assetResponse(c.req.path, c.req.header("Accept-Encoding")) ?? kit.fail(c, "notFound"));
  app.notFound((c) => kit.fail(c, "notFound"));
  app.onError((error, c) => failed(kit, log, error, c));
  return app;
}

function failed(kit: Kit, log: Log, error: Error, c: Context): Response {
  const kind = isUnavailable(error) ? "unavailable" : "fault";
  const reference = kit.reference();
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>; // Without a server, in tests, there is none.
  const isGone = incoming?.destroyed === true && isBrokenOff(error);
  log[isGone ? "debug" : "error"]({ reference, err: error, method: c.req.method }, kind);
  return kit.fail(c, kind, reference);
}
