/** The addresses of the Authentication Portal to which no other site leads; those to which they do are places of the kit. */
export const paths = {
  /** By which the key is spoken of elsewhere. */
  key: "/digital-mobile-key",
} as const;
