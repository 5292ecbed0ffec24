/** What each refusal of a citizen card means. The codes are those of contract.ts. */
import type { RefusalMeanings } from "#core/vocabulary";
import type { CardFailure, IdentifyByCardRefusal } from "./contract.ts";

export const cardMeanings: RefusalMeanings<IdentifyByCardRefusal | CardFailure> = {
  "card.absent": {
    happened: "The browser gave no certificate: no reader, no card in it, or the person chose none.",
    desk: null,
  },
  "card.not-recognised": {
    happened: "The card is no citizen card, or one whose certificate cannot be read.",
    desk: "Look at the document: another card does not serve here.",
  },
  "card.wrong-certificate": {
    happened: "The certificate given was the one for signing, which identifies nobody.",
    desk: null,
  },
  "card.unknown-issuer": {
    happened: "No authority we trust issued the certificate.",
    desk: "If the card is genuine, report it to whoever runs the service: an authority may be missing.",
  },
  "card.expired": {
    happened: "The certificate of the card has expired.",
    desk: "Renew the card; the key can be activated as the new one is collected.",
  },
  "card.revoked": {
    happened: "The authority has revoked the certificate: the card was reported lost, stolen or replaced.",
    desk: "Check with the civil registry which card of the person is valid, and serve with that one.",
  },
  "card.suspended": {
    happened: "The authority has suspended the certificate, as it does before a card is activated.",
    desk: "Activate the certificates of the card, then try again.",
  },
  "card.status-unavailable": {
    happened: "Neither the responder nor the list of the authority could be reached: nobody passes unasked.",
    desk: "Try again later; nothing is wrong with the card.",
  },
  "card.answer-invalid": {
    happened: "The answer of the card was altered, or belongs to another question.",
    desk: "Begin anew in one window; if it comes again, use another computer.",
  },
  "card.gone": {
    happened: "No question of this browser waits for that answer: it was answered already, or came too late.",
    desk: null,
  },
  "card.cancelled": {
    happened: "The person closed the dialog of the card.",
    desk: null,
  },
  "card.pin-blocked": {
    happened: "The authentication PIN of the card is blocked after wrong tries.",
    desk: "Unblock the PIN of the card with its PUK.",
  },
  "card.reader-failed": {
    happened: "The reader or its program gave an error.",
    desk: "Serve with the reader of the desk.",
  },
  "registry.unavailable": {
    happened: "The civil registry did not answer in time.",
    desk: "Try again later; the case can go on the same day.",
  },
  "person.unknown": {
    happened: "The civil registry has nobody with that number.",
    desk: "Check the number on the document, and the entry at the civil registry.",
  },
  "person.deceased": {
    happened: "The civil registry says that the person has died.",
    desk: "If the person is in front of you, have the civil registry correct the entry.",
  },
  "person.name-mismatch": {
    happened: "The name at the civil registry is another one than the name that was told.",
    desk: "Have the two records brought in line, with the document at hand.",
  },
  "document.not-citizen-card": {
    happened: "The document at the civil registry is no citizen card.",
    desk: "Activate here, with the document that the person holds.",
  },
  "document.cancelled": {
    happened: "The document is cancelled at the civil registry, or there is none.",
    desk: "Ask for a new document; the key can be activated as it is collected.",
  },
  "document.expired": {
    happened: "The document has expired.",
    desk: "Renew the document; the key can be activated as it is collected.",
  },
};
