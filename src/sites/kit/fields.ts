/** Form parts: label above, hint under it, error between hint and field, and a summary on top that leads to each. */
import type { Words } from "#words";
import { html, type Child, type Html } from "./html.ts";
import { icons } from "./icons.ts";

/** What is wrong, by field name. */
export type Mistakes = Readonly<Record<string, string>>;

export interface FieldSpec {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly mistakes: Mistakes;
  readonly value?: string;
  /** Said under the field: how what was typed is understood. */
  readonly note?: string;
  readonly optional?: string;
}

type Attributes = Readonly<Record<string, string>>;

function field(spec: FieldSpec, attributes: Attributes, after?: Html): Html {
  const { name, hint, mistakes, note } = spec;
  const mistake = mistakes[name];
  const described = [hint && `${name}-hint`, mistake && `${name}-error`, note && `${name}-note`].filter(Boolean).join(" ");
  return html`<div class="field${mistake ? " field-mistaken" : ""}">
<label for="${name}">${spec.label}${spec.optional && html` <span class="optional">${spec.optional}</span>`}</label>
${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
${mistake && html`<p class="mistake" id="${name}-error">${icons.stop}<span>${mistake}</span></p>`}
<div class="input"><input id="${name}" name="${name}"${spec.value && html` value="${spec.value}"`}${described && html` aria-describedby="${described}"`}${mistake && html` aria-invalid="true"`}${Object.entries(attributes).map(([key, value]) => html` ${key}="${value}"`)}>${after}</div>
${note && html`<p class="note" id="${name}-note">${note}</p>`}
</div>`;
}

/** What is typed in one line: which keyboard a phone shows, and what it may fill in by itself. */
const LINES = {
  phone: { type: "tel", autocomplete: "tel", class: "medium", maxlength: "40" },
  email: { type: "email", autocomplete: "email", spellcheck: "false", maxlength: "254" },
  // One field, not six boxes: it can be pasted into and filled in by the phone (WCAG 2.2, 3.3.8).
  code: { type: "text", inputmode: "numeric", autocomplete: "one-time-code", class: "code", maxlength: "12" },
} as const satisfies Readonly<Record<string, Attributes>>;

export function textField(kind: keyof typeof LINES, spec: FieldSpec): Html {
  return field(spec, LINES[kind]);
}

export function pinField(words: Words, spec: FieldSpec, autocomplete: "current-password" | "new-password"): Html {
  const { show, hide } = words.actions;
  // Hidden until the script that makes it work is there.
  const reveal = html`<button type="button" class="show" hidden aria-controls="${spec.name}" data-show="${show}" data-hide="${hide}" data-label="${spec.label}">${show}</button>`;
  return field(spec, { type: "password", inputmode: "numeric", autocomplete, class: "pin", maxlength: "64" }, reveal);
}

export interface BoxSpec {
  readonly name: string;
  readonly value: string;
  readonly id: string;
  readonly label: Child;
  readonly ticked: boolean;
  readonly mistake?: string | undefined;
}

export function box({ name, value, id, label, ticked, mistake }: BoxSpec): Html {
  return html`<div class="box${mistake ? " field-mistaken" : ""}">${mistake && html`<p class="mistake" id="${id}-error">${icons.stop}<span>${mistake}</span></p>`}
<div class="box-row"><input type="checkbox" id="${id}" name="${name}" value="${value}"${ticked && html` checked`}${mistake && html` aria-invalid="true" aria-describedby="${id}-error"`}><label for="${id}">${label}</label></div></div>`;
}

export function form(spec: { action: string; csrf: string; class?: string }, body: Child): Html {
  return html`<form method="post" action="${spec.action}"${spec.class && html` class="${spec.class}"`} novalidate><input type="hidden" name="csrf" value="${spec.csrf}">${body}</form>`;
}

export function primary(label: string): Html {
  return html`<button type="submit" class="button">${label}</button>`;
}

/** A form of one quiet button: cancel, resend. */
export function quietForm(spec: { action: string; csrf: string }, label: string): Html {
  return form({ ...spec, class: "quiet-form" }, html`<button type="submit" class="button-quiet">${label}</button>`);
}

export function errorSummary(words: Words, mistakes: Mistakes, general?: string): Html | null {
  const entries = Object.entries(mistakes);
  if (entries.length === 0 && !general) return null;
  return html`<div class="summary" role="alert" tabindex="-1" autofocus><h2>${general ? words.errors.title : words.errors.summary}</h2>
${general && html`<p>${general}</p>`}
${entries.length > 0 && html`<ul>${entries.map(([name, text]) => html`<li><a href="#${name}">${text}</a></li>`)}</ul>`}</div>`;
}

export function notice(text: Child, kind: "warning" | "info" = "info"): Html {
  return html`<div class="notice notice-${kind}">${kind === "warning" ? icons.warning : icons.shield}<div>${text}</div></div>`;
}
