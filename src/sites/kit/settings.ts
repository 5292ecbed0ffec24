import { setting, slice, text } from "#platform/settings";

const standsForNobody = "Chave";

export const siteSettings = slice("Pages", {
  installationName: setting(text.default(standsForNobody), "Who runs this installation, as people read it", {
    roles: ["public"],
    checks: [[(name) => name !== standsForNobody, "must say who runs this installation"]],
  }),
});

export interface SiteSettings {
  /** Where people reach us, "https://host"; decides the cookies' Secure mark and HSTS. */
  readonly publicUrl: string;
  readonly installationName: string;
  /** How people reach those who run this installation; without it no contact is shown. */
  readonly contact?: string;
  /** How many reverse proxies of ours stand in front; none when absent. */
  readonly proxies?: number;
  readonly sandbox: boolean;
  readonly gallery: boolean;
  /** Origins that the browser passes on its way into the tax authority: `form-action` must name them. */
  readonly taxAuthorityOrigins: readonly string[];
  /** Where a card is asked for by TLS; null: cards are not asked for here. */
  readonly cardDoorUrl: string | null;
  /** Origin of the virtual card reader, whose script and frame a page that reads a card then has. Heeded in the sandbox alone. */
  readonly virtualReader?: string;
}

/** No installation with real people lets another origin run its script, whatever it was told. */
export const virtualReaderOf = ({ sandbox, virtualReader }: SiteSettings): string | null =>
  sandbox && virtualReader !== undefined ? virtualReader : null;

export const isSecure = ({ publicUrl }: Pick<SiteSettings, "publicUrl">): boolean => publicUrl.startsWith("https://");
