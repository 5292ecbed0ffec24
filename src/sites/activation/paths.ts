/** The addresses of activation, and those of each channel. */
import type { ChannelName, Step } from "#core/activation";
import type { Precedences } from "#platform/http/precedence";
import { places, type Pages } from "#sites/kit";

export const paths = {
  /** The three ways to a key. */
  ways: places.activate,
  desk: places.desk,
  refused: `${places.activate}/refused`,
} as const;

export interface ChannelPaths {
  readonly start: string;
  /** Where whoever identifies the person sends the browser back. */
  readonly back: string;
  readonly webEid: string;
  readonly cancel: string;
  /** Those of a step that a channel does not have are never reached. */
  readonly pages: Pages<Step>;
}

const under = (start: string, identify: string): ChannelPaths => ({
  start,
  back: `${start}/return`,
  webEid: `${start}/web-eid`,
  cancel: `${start}/cancel`,
  pages: {
    identify: `${start}${identify}`,
    consent: `${start}/consent`,
    replace: `${start}/replace`,
    contact: `${start}/contact`,
    code: `${start}/code`,
    done: `${start}/done`,
  },
});

export const channelPaths: Readonly<Record<ChannelName, ChannelPaths>> = {
  "tax-letter": under(`${places.activate}/tax-authority`, ""),
  "citizen-card": under(`${places.activate}/citizen-card`, "/reader"),
};

export const precedences: Precedences = {
  [`${paths.ways}/*/**`]: "begun",
  [paths.ways]: "new",
  [`${paths.ways}/*`]: "new",
};
