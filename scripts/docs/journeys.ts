/** `docs/journeys.md`: what a person goes through, step by step, drawn from the tables by which core moves, with each step's page. */
import { moves as acts } from "../../src/core/acts/moves.ts";
import { moves as activation } from "../../src/core/activation/moves.ts";
import { moves as signIn } from "../../src/core/sign-in/moves.ts";
import type { ActStep } from "../../src/core/acts/index.ts";
import type { Step } from "../../src/core/activation/index.ts";
import type { Moves } from "../../src/core/vocabulary/index.ts";
import { channelPaths } from "../../src/sites/activation/channels.ts";
import { actPaths } from "../../src/sites/reserved-area/paths.ts";
import { addressOf } from "../../src/sites/sign-in/paths.ts";

interface Journey {
  readonly title: string;
  readonly told: string;
  readonly moves: Moves<string>;
  /** Addresses of each step's page, one a channel where there are several; a step without one is shown nowhere. */
  readonly pages: Readonly<Record<string, readonly string[]>>;
}

const id = "{id}";

const JOURNEYS: readonly Journey[] = [
  {
    title: "Sign-in",
    told: "Opened by a protocol, never by hand. It may be left at any step, and the portal hears that it was refused.",
    moves: signIn,
    pages: {
      identify: [addressOf(id, "identify")],
      code: [addressOf(id, "code")],
      "new-pin": [addressOf(id, "new-pin")],
      consent: [addressOf(id, "consent")],
    },
  },
  {
    title: "Activation",
    told: "A refusal at any step ends it, wipes what was typed, and only a new start is offered. A channel leaves out the steps it does not need: the tax authority has asked for consent itself and replaces no key, so that its activation goes on with the contact, and its pages of those steps are never reached.",
    moves: activation,
    pages: Object.fromEntries(
      Object.keys(activation).map((step) => [step, Object.values(channelPaths).map(({ pages }) => pages[step as Step])]),
    ),
  },
  {
    title: "An act of the reserved area",
    told: "Each act goes these steps; one wrong code ends it and wipes what was typed.",
    moves: acts,
    pages: Object.fromEntries(
      Object.keys(acts).map((step) => [step, [actPaths("/reserved-area/{act}").pages[step as ActStep]]]),
    ),
  },
];

export function journeysPage(): string {
  return [
    "# Journeys\n",
    "Made by `npm run docs` from the tables that say which step may come after which (`moves.ts` in each capability): do not edit.\n",
    ...JOURNEYS.map(drawn),
  ].join("\n");
}

function drawn({ title, told, moves, pages }: Journey): string {
  const arrows = Object.entries(moves).flatMap(([from, after]) => after.map((to) => `  ${from} --> ${to}`));
  const addresses = Object.entries(pages).map(
    ([step, all]) => `| ${step} | ${all.map((address) => `\`${address}\``).join(", ")} |`,
  );
  const drawing = ["```mermaid", "flowchart LR", ...arrows, "```"];
  return [`## ${title}\n`, `${told}\n`, ...drawing, "", "| step | page |", "|---|---|", ...addresses, ""].join("\n");
}
