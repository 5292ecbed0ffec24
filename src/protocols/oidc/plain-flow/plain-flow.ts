import { bind } from "#platform/bind";
import { answeredWith, authorize, wayBackName } from "./authorize.ts";
import type { AuthorizeNeeds } from "./authorize.ts";
import { token, userinfo } from "./tokens.ts";
import type { TokenNeeds } from "./tokens.ts";

export type PlainFlowNeeds = AuthorizeNeeds & TokenNeeds;

export type PlainFlow = ReturnType<typeof createPlainFlow>;

export function createPlainFlow(needs: PlainFlowNeeds) {
  needs.signIn.giveWayBack(wayBackName, (answer, memory) => answeredWith(needs, answer, memory));
  return bind(needs, { authorize, token, userinfo });
}
