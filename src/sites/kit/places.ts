/** Where the doors lead to one another: each place once. What lies beneath it is named by the site that is there (`paths.ts`). */
export const places = {
  home: "/",
  help: "/help",
  accessibility: "/accessibility",
  privacy: "/privacy",
  terms: "/terms",
  activate: "/activate",
  desk: "/activate/desk",
  reservedArea: "/reserved-area",
  signOut: "/reserved-area/sign-out",
  unblock: "/reserved-area/unblock",
  /** Where the card's own door leads with what is no question of ours. */
  cardGone: "/card-gone",
  /** `id`: of the sign-in under way. */
  signIn: (id: string) => `/sign-in/${id}`,
} as const;
