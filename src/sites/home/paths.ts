/** The addresses of the Authentication Portal. */
import { places } from "#sites/kit";

export const paths = {
  menu: places.home,
  help: places.help,
  accessibility: places.accessibility,
  privacy: places.privacy,
  terms: places.terms,
  cardGone: places.cardGone,
  /** By which the key is spoken of elsewhere. */
  key: "/digital-mobile-key",
} as const;
