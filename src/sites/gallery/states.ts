/** Every page in every state worth looking at, as each site tells them. */
import { activationStates } from "#sites/activation";
import { homeStates } from "#sites/home";
import { kitStates, type State } from "#sites/kit";
import { reservedAreaStates } from "#sites/reserved-area";
import { signInStates } from "#sites/sign-in";

export const states: ReadonlyMap<string, State> = new Map(
  Object.entries({ ...homeStates, ...activationStates, ...signInStates, ...reservedAreaStates, ...kitStates }),
);
