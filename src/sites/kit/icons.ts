/** Inline pictures. Always beside a text that says the same, so all are hidden from assistive technology. */
import { html, type Html } from "./html.ts";

/** Our mark: a key whose bow is a quiet ring. Drawn for this project. */
export const mark: Html = html`<svg class="mark" viewBox="0 0 40 40" aria-hidden="true" focusable="false"><rect class="mark-ground" width="40" height="40" rx="11" /><g class="mark-key" fill="none" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round"><circle cx="15" cy="15.5" r="5.8" /><path d="M19.4 19.6 30 30.2M25.2 25.4l3.4-3.4M29 29.2l2.6-2.6" /></g></svg>`;

const line = (body: Html): Html =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">${body}</svg>`;

export const icons = {
  letter: line(html`<rect x="3" y="5.5" width="18" height="13" rx="2" /><path d="m3.5 7 8.5 6.5L20.5 7" />`),
  card: line(
    html`<rect x="2.5" y="5" width="19" height="14" rx="2" /><circle cx="8" cy="11" r="2" /><path d="M5 16c.6-1.6 1.7-2.2 3-2.200s2.4.6 3 2.200M14 10h4.500M14 14h3" />`,
  ),
  desk: line(
    html`<circle cx="12" cy="7.5" r="3.2" /><path d="M5.5 15.500c1-2.8 3.4-4.2 6.5-4.200s5.5 1.4 6.5 4.200M2.5 15.500h19M5 15.500v4M19 15.500v4" />`,
  ),
  key: line(html`<circle cx="8" cy="8" r="4.5" /><path d="m11.2 11.2 8.3 8.300M16 16l2.5-2.500M19 19l1.5-1.5" />`),
  person: line(html`<circle cx="12" cy="8" r="4" /><path d="M4.500 20c.8-4 3.700-6 7.500-6s6.700 2 7.500 6" />`),
  help: line(
    html`<circle cx="12" cy="12" r="9" /><path d="M9.5 9.500a2.5 2.5 0 1 1 3.6 2.200c-.8.4-1.1.9-1.1 1.800M12 16.800v.1" />`,
  ),
  shield: line(html`<path d="M12 3 4.5 6v5.500c0 4.5 3.2 8 7.5 9.5 4.3-1.5 7.5-5 7.5-9.500V6zM9 12l2.2 2.200L15.2 10" />`),
  warning: line(html`<path d="M12 4 2.8 19.500h18.400zM12 10v4.500M12 17.200v.1" />`),
  stop: line(html`<circle cx="12" cy="12" r="9" /><path d="M12 7v6M12 16.200v.1" />`),
  check: line(html`<path d="m5 12.5 4.5 4.500L19 7.5" />`),
  portal: line(html`<rect x="3" y="4.5" width="18" height="15" rx="2" /><path d="M3 9h18M6 6.800v.1M8.5 6.800v.1" />`),
};
