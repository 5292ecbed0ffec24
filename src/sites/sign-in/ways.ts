/** The ways to say who one is, as the tabs of one step: links, so that they need no script. */
import { html, type Html } from "#sites/kit";
import type { Words } from "#words";
import { addressOf, type PageName } from "./paths.ts";

export interface Ways {
  /** Whether the portal can be entered with the key, and whether cards are read here. */
  readonly key: boolean;
  readonly card: boolean;
}

export function waysTabs({ signIn }: Words, id: string, here: keyof Ways, ways: Ways): Html | null {
  if (!ways.key || !ways.card) return null;
  const { label, ...names } = signIn.ways;
  const tab = (way: keyof Ways, page: PageName) =>
    html`<li><a href="${addressOf(id, page)}"${way === here && html` aria-current="page"`}>${names[way]}</a></li>`;
  return html`<nav class="tabs" aria-label="${label}"><ul>${tab("key", "identify")}${tab("card", "card")}</ul></nav>`;
}
