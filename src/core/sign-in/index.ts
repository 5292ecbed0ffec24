/** A portal asks, a person proves who they are and consents, the portal is answered. */
export type {
  Answer,
  Begun,
  CardOnly,
  CardSignInRefusal,
  CodeRefusal,
  CodeView,
  ConsentAttribute,
  Gone,
  IdentifyRefusal,
  NewPinRefusal,
  OutOfStep,
  PinWeakness,
  ResendRefusal,
  SignIn,
  SignInRequest,
  SignInStep,
  SignInView,
  WayBack,
} from "./contract.ts";
export { createSignIn } from "./sign-in.ts";
