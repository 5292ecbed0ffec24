/** What the gallery's states are made with: each page in each state worth looking at, beside the page (`x.states.ts`). */
import type { CodeStanding } from "#core/one-time-codes";
import type { Words } from "#words";
import type { CodeFace, CodeState, CodeStepProps } from "./code-step.view.ts";
import { codeStepView, untouched } from "./code-step.view.ts";
import type { AskingPortal, Page } from "./layout.ts";

export type State = (words: Words) => Page;

/** One row, one picture: by name. */
export type States = Readonly<Record<string, State>>;

/** A row for each of many codes, named by it. */
export function statesOf<Code extends string>(
  prefix: string,
  codes: readonly Code[],
  state: (words: Words, code: Code) => Page,
): States {
  return Object.fromEntries(codes.map((code) => [prefix + code.replaceAll(".", "-"), (words: Words) => state(words, code)]));
}

const at = (time: string): Date => new Date(`2026-11-23T${time}:00Z`);

const asks: AskingPortal = {
  name: "As Minhas Faturas",
  homeUrl: "https://faturas.exemplo.pt/",
  isOurselves: false,
  returnOrigins: [],
};

const sentCode: CodeStanding = { maskedPhone: "+351 ••• ••• 567", expiresAt: at("14:32"), resendAt: at("14:28") };

/** What several pages show. */
export const samples = {
  csrf: "gallery",
  reference: "1234-5678",
  at,
  asks,
  name: "Maria Inês Exemplo da Conceição",
  email: "maria.ines.exemplo.da.conceicao@correio.exemplo.pt",
  sentCode,
  reader: { doorUrl: "https://localhost:3003/?question=gallery", nonce: "gallery", expiresAt: at("14:32") },
} as const;

/** The step at which a code is typed, in a state of it; nothing was typed where none is given. */
export function codeStepIn(words: Words, face: CodeFace, state: Partial<CodeState & Pick<CodeStepProps, "code">> = {}): Page {
  return codeStepView(words, face, { csrf: samples.csrf, code: sentCode, ...untouched, ...state });
}

/** Too soon for another code, and no more codes. */
export const tooSoon = ({ code, dates }: Words): Partial<CodeState> => ({
  refusal: "code.too-soon",
  news: code.tooSoon(dates.time(at("14:28"))),
});
export const noMore = ({ code }: Words): Partial<CodeStepProps> => ({
  code: { ...sentCode, resendAt: null },
  refusal: "code.no-more",
  news: code.noMore,
});
