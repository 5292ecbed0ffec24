import { createBoundedCache } from "./bounded-cache.ts";

/** The answers of a pure function of a text, kept: for the same few texts that are asked about again and again. Never for secrets. */
export function remembering<Answer extends string | number | boolean | object>(
  work: (text: string) => Answer,
  most = 1_000,
): (text: string) => Answer {
  const answers = createBoundedCache<Answer>({ most });
  return (text) => {
    const before = answers.get(text);
    if (before !== undefined) return before;
    const answer = work(text);
    answers.set(text, answer);
    return answer;
  };
}
