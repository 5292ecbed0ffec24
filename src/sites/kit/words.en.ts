/** English. A sentence that the master has and this lacks does not compile. */
import { createDates } from "./dates.ts";
import type { KitWords } from "./words.pt.ts";

export const kitEn = {
  dates: createDates("en-GB", ":"),
  site: {
    name: "Chave",
    service: "Your mobile key",
    skip: "Skip to the content",
    language: "English",
    languageSwitch: "Change language",
    sandbox: "Demonstration: the people, letters and messages here are made up.",
    asks: "Requested by",
    runBy: (who) => `This service is run by ${who}.`,
    footerLabel: "About this service",
    contact: "Contact",
  },
  actions: {
    continue: "Continue",
    cancel: "Cancel",
    cancelTo: (portal) => `Cancel and go back to ${portal}`,
    backTo: (portal) => `Go back to ${portal}`,
    home: "Go to the start page",
    startAgain: "Start again",
    step: (step, of, name) => `Step ${step} of ${of}: ${name}`,
    optional: "(optional)",
    back: "Back",
    authorise: "Authorise",
    refuse: "Refuse",
    signOut: "Sign out",
    show: "Show",
    hide: "Hide",
  },
  errors: {
    title: "Error",
    summary: "Correct the following to continue",
    reference: (reference) => `Reference: ${reference}`,
    referenceHint: "If you ask for help, give this reference.",
    notFound: { title: "Page not found", text: "The address may be misspelt, or the page no longer exists." },
    fault: {
      title: "Something went wrong on our side",
      text: "We could not complete the request. It is not your fault. Try again in a few minutes.",
    },
    unavailable: {
      title: "The service is temporarily unavailable",
      text: "One of the services we depend on is not answering. Try again in a few minutes.",
    },
    busy: {
      title: "More people are coming in than we can serve",
      text: "We are getting too many requests at the moment, and those who have already begun go first. Wait a few seconds and try again. Nothing you typed was kept or counted.",
    },
    sessionExpired: {
      title: "Your session has ended",
      text: "For security: the page was open for too long, or the browser did not keep cookies. Go to the start and begin again.",
    },
    otherSite: {
      title: "The request did not come from this page",
      text: "For security we only accept requests made on our own pages. Go to the start and begin again.",
    },
    malformed: {
      title: "We did not understand the request",
      text: "What we received was incomplete or malformed. Go back and try again.",
    },
    tooLarge: { title: "The request is too large", text: "What you sent is more than this form accepts." },
    mediaType: { title: "Format not accepted", text: "This address only accepts forms sent by our pages." },
    tooManyRequests: {
      title: "Too many requests",
      text: "We received many requests in a short time. Wait a few minutes and try again.",
    },
  },
  fields: {
    phone: {
      label: "Mobile phone number",
      hint: "For example, 912 345 678. If it is foreign, start with + and the country code.",
      understood: (phone) => `We understood: ${phone}`,
      missing: "Enter your mobile phone number.",
      notPhone: "Enter a valid mobile phone number, for example 912 345 678 or +34 612 345 678.",
      notMobile: "This does not look like a mobile number. Enter a number that receives text messages.",
    },
    email: {
      label: "E-mail address",
      hint: "We use it to tell you about changes to your key. We never send links.",
      notEmail: "Enter a complete e-mail address, for example name@example.com, or leave it empty.",
    },
    pin: {
      label: "PIN",
      hint: "4 to 8 digits. If you received a letter, use the temporary PIN in it.",
      missing: "Enter your PIN.",
      notPin: "The PIN has 4 to 8 digits, no letters or spaces.",
    },
    code: {
      label: "Security code",
      hint: "The 6 digits in the message.",
      missing: "Enter the code you received.",
      notCode: "The code has 6 digits. Check the message.",
    },
    newPin: {
      label: "New PIN",
      hint: "4 to 8 digits. With 6 or more it is safer.",
      repeatLabel: "Repeat the new PIN",
      missing: "Enter the PIN you want to use.",
      repeatMissing: "Enter the new PIN again.",
      different: "The two PINs are not the same. Enter them again.",
      weakness: {
        "pin.length": "The PIN must have 4 to 8 digits, no letters or spaces.",
        "pin.repeats": "This PIN repeats digits. Choose one that is harder to guess.",
        "pin.run": "This PIN has consecutive digits. Choose one that is harder to guess.",
        "pin.birth-date": "This PIN is part of your date of birth. Choose another.",
        "pin.phone": "This PIN is part of your phone number. Choose another.",
        "pin.document": "This PIN is part of your document number. Choose another.",
        "pin.common": "This PIN is one of the most used. Choose one that is harder to guess.",
        "pin.temporary": "This is the PIN from the letter. Choose a different one.",
      },
    },
    consent: { missing: "To continue, tick the authorisation box." },
  },
  fraud: "We never ask for the PIN by phone or text message. We never send links.",
  advice: {
    desk: "Go to a desk with your identification document and your mobile phone.",
    deskLink: "What to bring to the desk",
    wait: "You can try later.",
    none: "",
  },
  cardReader: {
    lead: "Then choose how the browser speaks with the card. The PIN you are asked for is the card's authentication PIN, and only the card sees it.",
    byBrowserTitle: "By the browser itself",
    byBrowser:
      "Opens a page that asks for the card's certificate. Choose the one for authentication. It needs the citizen card program installed.",
    byBrowserAction: "Read by the browser",
    webEidTitle: "With the Web eID extension",
    webEid:
      "If you have the Web eID extension, the card is read without leaving this page. It is the only part of this service that needs JavaScript.",
    webEidAction: "Read with Web eID",
    webEidWaiting: "Waiting for the card…",
    webEidMissing: "We found no Web eID extension in this browser. Install it, or read the card by the browser itself.",
    timeLimit: (time) => `You have until ${time} to use the card on this page.`,
    /** Why a card did not identify anybody: the same, whatever it was asked for. */
    reasons: {
      "card.absent": {
        title: "We found no card",
        why: "There was no reader, card or certificate. Connect the reader, insert the card with its chip inwards and try again. If the PIN was typed wrong three times, the card is blocked, and only a desk can unblock it. Before you try again, close all windows of the browser: only then does it look for the card anew.",
      },
      "card.not-recognised": {
        title: "We do not recognise this card",
        why: "What we received is not the authentication certificate of a citizen card.",
      },
      "card.wrong-certificate": {
        title: "You chose the signature certificate",
        why: "The card has two certificates. To identify yourself, choose the one for authentication.",
      },
      "card.unknown-issuer": {
        title: "This card was not issued by anyone we know",
        why: "We only accept citizen cards issued by the State.",
      },
      "card.expired": {
        title: "The card's certificate has expired",
        why: "The authentication certificate of your card is no longer valid.",
      },
      "card.revoked": {
        title: "The card's certificate was revoked",
        why: "Whoever issued the card says that the certificate no longer holds. This happens when a card is cancelled or replaced.",
      },
      "card.suspended": {
        title: "The card's certificate is suspended",
        why: "Whoever issued the card says that the certificate is suspended.",
      },
      "card.status-unavailable": {
        title: "We could not confirm that the card is valid",
        why: "The service that says whether cards are valid does not answer. Without its answer we let nobody in.",
      },
      "card.answer-invalid": {
        title: "The card's answer is not valid",
        why: "The answer does not match what we asked just now.",
      },
      "card.gone": {
        title: "This request to the card is over",
        why: "Too much time went by, it was used already, or it was opened in another browser.",
      },
      "card.cancelled": {
        title: "Reading the card was cancelled",
        why: "You closed the PIN window, or the time to type it ran out. If the PIN was wrong, remember: after three errors the card is blocked, and only a desk can unblock it.",
      },
      "card.pin-blocked": {
        title: "The card's PIN is blocked",
        why: "The authentication PIN was typed wrong three times. It can only be unblocked at a desk.",
      },
      "card.reader-failed": {
        title: "The reader could not read the card",
        why: "The reader's program reported an error. Take the card out, insert it again and try once more.",
      },
      "registry.unavailable": {
        title: "The civil registry is not answering",
        why: "We cannot confirm your data at the civil registry at the moment.",
      },
      "person.unknown": {
        title: "We did not find your data",
        why: "The civil registry knows nobody with these details.",
      },
      "person.name-mismatch": {
        title: "Your data do not match",
        why: "The name we were given is not the same as at the civil registry.",
      },
    },
  },
  code: {
    validUntil: (time) => `The code is valid until ${time}.`,
    resend: "Send another code",
    resendFrom: (time) => `Did not receive it? You can ask for another from ${time}.`,
    noResend: "No more codes can be sent. Wait for the message, or start again.",
    tooSoon: (time) => `It is too early to ask for another code. Wait until ${time}. The message may take a while.`,
    tooSoonSoon: "It is too early to ask for another code. Wait half a minute. The message may take a while.",
    noMore: "We have sent as many codes as we can. Wait for the message, or start again.",
    wrong: (left) =>
      left === null
        ? "The code is not right. Check the most recent message."
        : `The code is not right. You can try ${left === 1 ? "once" : `${left} times`} more.`,
  },
  attributes: {
    civil_id: { label: "Civil identification number", why: "Identifies you without mistakes" },
    tax_number: { label: "Tax number", why: "Identifies you in taxes and invoices" },
    name: { label: "Full name", why: "To know whom they deal with" },
    given_names: { label: "Given names", why: "To call you by your name" },
    family_names: { label: "Family names", why: "To know whom they deal with" },
    birth_date: { label: "Date of birth", why: "To confirm your age" },
    nationality: { label: "Nationality", why: "To know which rules apply" },
    address: { label: "Address", why: "To send you post" },
    phone: { label: "Mobile phone", why: "To contact you" },
    email: { label: "E-mail address", why: "To contact you" },
    document_kind: { label: "Kind of document", why: "To know which document you use" },
    document_number: { label: "Document number", why: "To confirm the document" },
    document_expires: { label: "Document expiry date", why: "To confirm that it is valid" },
  },
  documentKinds: {
    CC: "Citizen card",
    BI: "Identity Document",
    PAS: "Passport",
    TR: "Residence permit",
    CR: "Residence card",
  },
} satisfies KitWords;
