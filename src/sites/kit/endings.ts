/** The pages on which a journey ends: any error ends it, wipes what was typed (core did), and offers only to start again. */
import type { Context, Hono } from "hono";
import type { Words } from "#words";
import type { Kit } from "./kit.ts";
import type { Page } from "./layout.ts";

export interface Ended<Refusal extends string> {
  readonly refusal: Refusal;
  /** By which the person and the log speak of the same event. */
  readonly reference: string;
}

export interface EndingsSpec<Refusal extends string> {
  /** Under which each refusal is explained once more, about nobody: what was posted cannot be had again by a link. */
  readonly path: string;
  readonly endings: Readonly<Record<Refusal, { readonly status: number }>>;
  readonly view: (words: Words, ended: Ended<Refusal>) => Page;
}

export type End<Refusal extends string> = (c: Context, refusal: Refusal) => Response;

/** Opens the explanations, to which only the language switch of an ending leads, and gives what ends a journey. */
export function openEndings<Refusal extends string>(app: Hono, kit: Kit, spec: EndingsSpec<Refusal>): End<Refusal> {
  app.get(`${spec.path}/:code`, (c) => {
    const code = c.req.param("code");
    return isOneOf(spec.endings, code) ? showEnding(kit, spec, c, code, kit.reference()) : kit.fail(c, "notFound");
  });
  return (c, refusal) => showEnding(kit, spec, c, refusal, kit.note({ refusal }));
}

function showEnding<Refusal extends string>(
  kit: Kit,
  { path, endings, view }: EndingsSpec<Refusal>,
  c: Context,
  refusal: Refusal,
  reference: string,
): Response {
  const { status } = endings[refusal];
  return kit.show(c, (words) => view(words, { refusal, reference }), {
    status,
    path: `${path}/${refusal}`,
    ...(status === 503 && { headers: { "Retry-After": "60" } }),
  });
}

/** Whether a code that came by an address, or that core gave, is one of those in the table. */
export function isOneOf<Code extends string>(table: Readonly<Record<Code, unknown>>, code: string): code is Code {
  return Object.hasOwn(table, code);
}

/** The codes of such a table, in its order. */
export function codesOf<Code extends string>(table: Readonly<Record<Code, unknown>>): Code[] {
  return Object.keys(table) as Code[]; // Each table names its codes and nothing else.
}
