/** As much of HTML as a client of ours needs: which page this is, and its forms with what a browser would send. */
export interface Form {
  readonly action: string;
  readonly method: "get" | "post";
  /** Every control's name, buttons included. */
  readonly names: ReadonlySet<string>;
  /** What is sent without the person doing anything: hidden fields, typed values, ticked boxes. */
  readonly given: readonly (readonly [string, string])[];
}

export function parseHTML(text: string): { name: string | null; refusal: string | null; forms: Form[] } {
  const main = /<main\b[^>]*>/.exec(text)?.[0] ?? "";
  const refusal = /data-refusal="([^"]*)"/.exec(text)?.[1] ?? null;
  const forms = [...text.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = "", body = ""]) => formOf(head, body));
  return { name: attribute(main, "data-page"), refusal, forms };
}

function formOf(head: string, body: string): Form {
  const controls = [...body.matchAll(/<(input|button|select|textarea)\b([^>]*)>/g)].map(([, tag = "", inside = ""]) => ({
    tag,
    name: attribute(inside, "name") ?? "",
    type: attribute(inside, "type") ?? "text",
    value: attribute(inside, "value") ?? (attribute(inside, "type") === "checkbox" ? "on" : ""),
    checked: /\schecked\b/.test(inside),
  }));
  const named = controls.filter(({ name }) => name !== "");
  const sent = named.filter(
    ({ tag, type, checked }) => tag === "input" && type !== "submit" && (type !== "checkbox" || checked),
  );
  return {
    action: attribute(head, "action") ?? "",
    method: attribute(head, "method")?.toLowerCase() === "post" ? "post" : "get",
    names: new Set(named.map(({ name }) => name)),
    given: sent.map(({ name, value }) => [name, value] as const),
  };
}

function attribute(tag: string, name: string): string | null {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(` ${tag}`)?.[1];
  return value === undefined ? null : decode(value);
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
  "#x27": "'",
  "#x2F": "/",
};

export function decode(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}
