/** What a citizen may do to their own key: one engine, one table, a small folder an act. */
export { actsFor, createActs } from "./acts.ts";
export type { ActName, Acts } from "./acts.ts";
export type {
  Act,
  ActCode,
  Actor,
  Begun,
  ActRefusal,
  ActStep,
  ActView,
  KeyObstacle,
  Mistaken,
  ProofWanted,
  ResendRefusal,
} from "./contract.ts";
