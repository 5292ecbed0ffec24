/** The proofs that serve, as the tabs of one step: links, so that they need no script. */
import type { ProofKind } from "#core/vocabulary";
import type { SignInView } from "#core/sign-in";
import { html, type Html, type SiteSettings } from "#sites/kit";
import type { Words } from "#words";
import { addressOf, type PageName } from "./paths.ts";

/** Where each is asked for, in the order of the tabs. */
const pages: Readonly<Record<ProofKind, PageName>> = {
  "key-and-code": "identify",
  "citizen-card": "card",
};

/** Whether it serves for that sign-in, in this installation. */
const serves: Readonly<Record<ProofKind, (view: Pick<SignInView, "cardOnly">, settings: SiteSettings) => boolean>> = {
  "key-and-code": ({ cardOnly }) => !cardOnly,
  "citizen-card": (_view, { cardDoorUrl }) => cardDoorUrl !== null,
};

// `as`: the keys of that very table.
const kinds = Object.keys(pages) as ProofKind[];

export function offeredIn(view: Pick<SignInView, "cardOnly">, settings: SiteSettings): ProofKind[] {
  return kinds.filter((kind) => serves[kind](view, settings));
}

/** Null where there is nothing to choose from. */
export function proofTabs({ signIn }: Words, id: string, here: ProofKind, offered: readonly ProofKind[]): Html | null {
  if (offered.length < 2) return null;
  const tab = (kind: ProofKind) =>
    html`<li><a href="${addressOf(id, pages[kind])}"${kind === here && html` aria-current="page"`}>${signIn.proofs[kind]}</a></li>`;
  return html`<nav class="tabs" aria-label="${signIn.proofs.label}"><ul>${offered.map(tab)}</ul></nav>`;
}
