import { kitEn } from "../kit/words.en.ts";
import type { SignInWords } from "./words.pt.ts";

export const signInEn = {
  signIn: {
    steps: { identify: "Phone and PIN", code: "Code", card: "Card", consent: "Authorisation" },
    onlyOnce: "Just this once",
    proofs: { label: "How you want to sign in", "key-and-code": "Mobile key", "citizen-card": "Citizen card" },
    cardTitle: "Sign in with the citizen card",
    cardOnly: (portal) =>
      `${portal} asks for the highest assurance level, which only the citizen card gives. The mobile key is not enough.`,
    cardOnlyHere: "To unlock the key, put your citizen card into the reader.",
    cardClosedHereTitle: "We read no cards at the moment",
    cardClosedHere: "Online, a locked key is unlocked with the citizen card alone.",
    cardLead:
      "Insert the card in the reader and choose how the browser speaks with it. The PIN you are asked for is the card's authentication PIN, and only the card sees it. You do not need a key.",
    cardClosedTitle: "This portal accepts the citizen card alone",
    cardClosed: (portal) =>
      `${portal} asks for the highest assurance level, which only the citizen card gives. This service reads no cards at the moment.`,
    cardClosedNext: "Go back to the portal and see whether you can sign in another way.",
    identifyTitle: "Sign in with the mobile key",
    identifyLead: "Enter the mobile number linked to your key, and your PIN.",
    codeTitle: "Enter the code you received",
    codeSent: (phone) => `We sent a message to ${phone}.`,
    codeCheck: (portal) => `The message must say “${portal}”, perhaps without accents. If it names another portal, cancel.`,
    confirm: "Confirm",
    refused:
      "The phone number or the PIN is not right, or the key cannot be used now. If the key is yours, we sent you a text message that explains.",
    codeExpired: "The code has expired. Enter your phone and PIN again to receive a new one.",
    forgotTitle: "Forgot your PIN?",
    forgot:
      "Nobody can see the PIN, not even us. If the key is already locked, unlock it in the reserved area with your citizen card and a new PIN. You can also go to a desk with your document and your phone.",
    noKeyTitle: "No key yet?",
    noKey: "See how to activate the mobile key",
    newPinTitle: "Choose your PIN",
    newPinLead:
      "The PIN in the letter was temporary and only for today. The new PIN is the one you will use from now on. Keep it to yourself.",
    newPinAdvice: [
      "Do not use dates, or parts of your phone or document number.",
      "Do not use repeated or consecutive digits, such as 1111 or 1234.",
      "Do not use the PIN from the letter.",
    ],
    newPinAction: "Save the PIN",
    consentTitle: (portal) => `${portal} asks for your data`,
    consentLead: (name) => `${name}, if you authorise, we send only what is on this list.`,
    consentNothing: (name) =>
      `${name}, this portal asks for none of your data: it only learns that you are the same person next time.`,
    postedTitle: "Going back to the portal",
    postedLead: "If nothing happens within a few seconds, press “Continue”.",
    required: "Needed to sign in",
    optional: "Optional: untick what you do not want to give",
    noValue: "we do not have this",
    refuseNote: (portal) => `If you refuse, you go back to ${portal} without signing in, and no data is sent.`,
    gone: {
      title: "This sign-in is over",
      text: "Too much time went by, it was already completed or cancelled, or it was opened in another browser. Go back to the portal you wanted to enter and start again.",
    },
    usedUp: {
      title: "Your key is now locked",
      why: "The code was entered wrongly three times after a right PIN. To protect you, we locked the key.",
      next: "To unlock it and choose a new PIN, enter the reserved area with your citizen card, or go to a desk with your document and your phone.",
    },
    tooManySms: {
      title: "We cannot send more messages for now",
      why: "Many codes were asked for in a short time.",
      next: "Wait a few minutes and start again at the portal.",
    },
    tooManyTries: {
      title: "Too many attempts",
      why: "There were many attempts from this internet connection.",
      next: "Wait a few minutes and start again at the portal.",
    },
  },
  cardRefused: {
    again: "Try again with the card",
    withKey: "Sign in with the mobile key",
    advice: {
      desk: "At a desk they can tell you what is the matter with the card. Take it with you.",
      wait: "Wait a few minutes and try again.",
    },
    reasons: {
      ...kitEn.cardReader.reasons,
      "person.deceased": {
        title: "It is not possible to sign in with this card",
        why: "The civil registry does not allow signing in with these details.",
      },
      "document.not-citizen-card": {
        title: "This card is no longer your document",
        why: "The civil registry says that your identification document is no longer a citizen card.",
      },
      "document.expired": {
        title: "Your citizen card has expired",
        why: "To sign in with the card, it must be valid.",
      },
      "document.cancelled": {
        title: "Your citizen card is cancelled",
        why: "The civil registry says that this card was cancelled. To sign in with the card, it must be valid.",
      },
    },
  },
  portalRequest: {
    request: {
      title: "This request is not right",
      text: "The portal you come from sent a request that we cannot accept. Go back to the portal and try again.",
    },
    expired: {
      title: "This request is over",
      text: "Too much time went by, or the request has been answered. Go back to the portal and start again.",
    },
    fault: {
      title: "We could not go on",
      text: "Something failed on our side. Go back to the portal and try again in a few minutes.",
    },
  },
  signOut: {
    title: "Sign out?",
    text: "Your session in this browser ends for every portal.",
    action: "Sign out",
    stay: "Stay signed in",
  },
} satisfies SignInWords;
