/** The answers of a pure function of a text, kept: for the same few texts that are asked about again and again. Never for secrets. */
export function remembering<Answer extends string | number | boolean | object>(
  work: (text: string) => Answer,
  most = 1_000,
): (text: string) => Answer {
  const known = new Map<string, Answer>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const answer = work(text);
    if (known.size >= most) known.clear();
    known.set(text, answer);
    return answer;
  };
}
