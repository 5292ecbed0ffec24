/** A portal asks, a person proves who they are and consents, the portal is answered. */
export type {
  Answer,
  AnsweredWith,
  AskedInSignIn,
  Begun,
  CardOnly,
  CodeRefusal,
  ConsentAttribute,
  Gone,
  IdentifyRefusal,
  NewPinRefusal,
  OutOfStep,
  ResendRefusal,
  Return,
  SignIn,
  SignInRequest,
  SignInStep,
  SignInView,
  WayBack,
} from "./contract.ts";
export { createSignIn } from "./sign-in.ts";
