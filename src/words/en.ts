/** English. A sentence that the master has and this lacks does not compile. */
import { createDates } from "./dates.ts";
import type { Words } from "./pt.ts";

/** Why a card did not identify anybody: the same, whatever it was asked for. */
const cardReasons = {
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
    why: "The civil registry knows nobody with these data.",
  },
  "person.name-mismatch": {
    title: "Your data do not match",
    why: "The name we were given is not the same as at the civil registry.",
  },
};

export const en = {
  dates: createDates("en-GB", ":"),
  site: {
    name: "Chave",
    service: "Digital Mobile Key",
    skip: "Skip to the content",
    otherLanguage: "Português",
    languageSwitch: "Change language",
    sandbox: "Demonstration: the people, letters and messages here are made up.",
    runBy: (who) => `This service is run by ${who}.`,
    footerLabel: "About this service",
    help: "Help",
    accessibility: "Accessibility",
    privacy: "Privacy",
    terms: "Terms of use",
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
      missing: "Enter the code you received by text message.",
      notCode: "The code has 6 digits. Check the message.",
    },
    newPin: {
      label: "New PIN",
      hint: "4 to 8 digits. With 6 or more it is safer.",
      repeatLabel: "Repeat the new PIN",
      missing: "Enter the PIN you want to use.",
      repeatMissing: "Enter the new PIN again.",
      different: "The two PINs are not the same. Enter them again.",
    },
    consent: { missing: "To continue, tick the authorisation box." },
  },
  home: {
    title: "Authentication Portal",
    lead: "With the Digital Mobile Key you sign in to public and private portals with your mobile phone and a PIN only you know.",
    menuLabel: "Services",
    keyTitle: "Digital Mobile Key",
    keyText: "Get your key. It is free. See the three ways to activate it and what you need.",
    keyAction: "Activate the key",
    helpTitle: "Help",
    helpText: "Validity, lost phone, forgotten PIN, and how to tell a real message.",
    helpAction: "See the help",
    howTitle: "How it works",
    how: [
      "On the portal you want to enter, choose the Digital Mobile Key.",
      "Enter your mobile phone number and your PIN.",
      "Enter the code you receive by text message.",
      "See which data the portal asks for, and decide whether to authorise it.",
    ],
  },
  fraud: "We never ask for the PIN by phone or text message. We never send links.",
  activate: {
    title: "Activate the Digital Mobile Key",
    lead: "There are three ways. All are free. Choose the one that suits you best.",
    needs: "You need",
    takes: "It takes",
    costs: "It costs",
    free: "Nothing, it is free",
    allows: "It allows",
    ways: {
      taxAuthority: {
        title: "With Finanças and a letter",
        text: "Online, without a card reader.",
        needs: [
          "a valid citizen card",
          "tax number and password of the Portal das Finanças (tax portal)",
          "your mobile phone at hand",
        ],
        takes: "10 minutes, then up to 5 working days for the letter",
        allows: "Signing in to portals. To sign documents you will have to go to a desk.",
        action: "Activate with Finanças",
      },
      citizenCard: {
        title: "With the citizen card",
        text: "Online, with a card reader.",
        needs: ["a valid citizen card", "a card reader", "the card's authentication PIN", "your mobile phone at hand"],
        takes: "10 minutes, ready at once",
        allows: "Signing in to portals and signing documents.",
        action: "Activate with the card",
      },
      desk: {
        title: "At a desk",
        text: "With the help of a person.",
        needs: ["an identification document", "your mobile phone with you"],
        takes: "One visit, ready at once",
        allows: "Signing in to portals and signing documents.",
        action: "What you need: desk",
      },
    },
    beforeTitle: "Before you choose",
    before: [
      "If you activate with Finanças, the digital signature can only be enabled at a desk.",
      "If you have an Identity Document (BI) instead of a citizen card, you have to go to a desk.",
      "Any citizen, national or foreign, can have the key, linked to their document.",
    ],
  },
  citizenCard: {
    title: "Activate with the citizen card",
    lead: "This way needs a card reader connected to the computer. The key is ready on the same day.",
    bringTitle: "What you need",
    bring: [
      "Your citizen card, within its validity.",
      "A card reader.",
      "The card's authentication PIN, which came in the card's letter.",
      "The mobile phone you want to link to the key, with you at the time.",
    ],
    allowsTitle: "What it allows",
    allows: [
      "Signing in to every portal that accepts the key.",
      "Enabling the digital signature at once, from the age of 16.",
      "Replacing a key you already have, after you confirm it.",
    ],
    otherTitle: "No card reader?",
    other: "You can activate with Finanças and a letter, or at a desk.",
    start: "Continue with the card",
    closed: "This way is not available here at the moment. Choose another.",
    steps: { card: "Card", consent: "Authorisation", contact: "Phone and PIN", code: "Code", done: "Ready" },
    readerTitle: "Insert your card into the reader",
    readerLead:
      "Then choose how the browser speaks with the card. The PIN you are asked for is the card's authentication PIN, and only the card sees it.",
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
    consentTitle: "Do you authorise reading this data?",
    consentLead: "This is what we read from the card and the civil registry to link the key to you.",
    learned: {
      name: "Name",
      civilId: "Civil identification number",
      birthDate: "Date of birth",
      documentExpires: "Card valid until",
      address: "Address",
    },
    replaceTitle: "You already have a key. Replace it?",
    replaceLead:
      "If you continue, the key you have stops working when the new one is ready, and not before. We tell the old key's phone and e-mail.",
    replace: "Replace the key",
    keep: "Keep the one I have",
    contactTitle: (name) => `Hello, ${name}. Prepare your key`,
    contactLead: "You will get a code at this number, now and whenever you use the key.",
    signatureLegend: "Digital signature",
    signatureLabel: "I want to sign documents with the key (from the age of 16)",
    signaturePin: "Signature PIN",
    signaturePinHint: "Leave empty to use the same PIN.",
    signaturePinRepeat: "Repeat the signature PIN",
    signatureTooYoung: "You can only sign documents from the age of 16. Untick the box to continue.",
    signaturePinWeak: "This signature PIN is easy to guess. Choose another of 4 to 8 digits.",
    confirm: "Confirm and activate the key",
    doneTitle: "Your key is ready",
    doneLead: "You can now sign in to any portal with your phone number and the PIN you chose.",
    doneNext: [
      "At the portal you want to enter, choose the Digital Mobile Key.",
      "Type your mobile number and the PIN you chose.",
      "Type the code you get by SMS.",
    ],
    doneWish:
      "If you asked for the digital signature, we have kept your wish. Signing is not available yet; there is nothing more to do.",
  },
  desk: {
    title: "Activate at a desk",
    lead: "A clerk checks your document. You always type the code and the PIN yourself: nobody sees them.",
    bringTitle: "What to bring",
    bring: [
      "National citizens: citizen card, Identity Document or passport.",
      "Foreign citizens: passport, residence permit or residence card.",
      "The mobile phone you want to link to the key.",
    ],
    taxNumber:
      "With a residence permit or card you must have a tax number. With a passport it is not required, but we recommend it.",
    whereTitle: "Where to go",
    where: ["Citizen Spots", "Registries and Notary offices", "Company Spots", "RIAC, in the Azores"],
    whereNote: "Many desks need an appointment. Check before you leave home.",
    allowsTitle: "What it allows",
    allows: [
      "Signing in to every portal that accepts the key.",
      "Enabling the digital signature at once, from the age of 16.",
      "Unblocking a blocked key, with a new PIN.",
    ],
    pickUp: "If you are collecting a new citizen card, you can activate the key at the same time.",
  },
  taxAuthority: {
    steps: { identify: "Finanças", contact: "Phone", code: "Code", done: "Letter" },
    title: "Activate with Finanças",
    lead: "We take you to the Portal das Finanças (tax portal) to confirm who you are. Then you come back here.",
    whatTitle: "What will happen",
    what: [
      "On the Portal das Finanças, sign in with your tax number and password, and authorise it to give us your number and your name.",
      "Back here, enter your mobile phone number.",
      "Enter the code we send you by text message.",
      "Within 5 working days you receive a letter with a temporary PIN, at the address on your citizen card.",
    ],
    warningTitle: "Before you start",
    warnings: [
      "It only works with a valid citizen card. If you have an Identity Document (BI), go to a desk.",
      "With this way, the digital signature can only be enabled at a desk.",
      "If there is an error, for security you will have to start from the beginning.",
    ],
    start: "Continue to the Portal das Finanças",
    otherWays: "See the other ways",
    contactTitle: (name) => `Hello, ${name}. Which phone do you want to link to the key?`,
    contactLead: "You will receive a code on this number, now and each time you use the key.",
    consentLegend: "Authorisation",
    consentLabel:
      "I authorise obtaining my civil identification, name, address, date of birth and expiry date of the citizen card (mandatory)",
    sendCode: "Send code",
    codeTitle: "Enter the code you received",
    codeSent: (phone) => `We sent a message to ${phone}.`,
    confirm: "Confirm and ask for the letter",
    wrongPhone: "Is this not your number? Cancel and start again.",
    doneTitle: "Your letter is on its way",
    doneLead: (day) =>
      `It should arrive within 5 working days, by ${day}, at the address on your citizen card. It brings a temporary PIN.`,
    daysLabel: "The letter's journey",
    days: {
      requested: "Requested",
      printed: "Printed and handed to the post",
      delivered: "Delivered to your home",
      by: (day) => `by ${day}`,
      here: "now",
      done: "done",
    },
    letterStates: {
      returned: "The post returned the letter, and the PIN in it is no longer valid. Go to a desk with your document.",
      used: "The PIN in the letter has been used. Your key is active.",
      cancelled: "This request was cancelled, and the PIN in the letter is no longer valid.",
      expired: "The PIN in this letter has expired. You can ask for another letter.",
    },
    referenceLabel: "Request reference",
    phoneLabel: "Mobile phone",
    requestedLabel: "Requested on",
    expiresLabel: "The letter's PIN is valid until",
    nextTitle: "When the letter arrives",
    next: [
      "Go to any portal that accepts the Digital Mobile Key.",
      "Enter your mobile phone number and the temporary PIN from the letter.",
      "Choose your own PIN, 4 to 8 digits.",
    ],
    nextWarning: "Do not tell anyone the PIN. To sign documents, you will have to enable the signature at a desk.",
    print: "Keep or print this page.",
    another: "If the letter does not arrive, you can make a new request.",
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
  cardRefused: {
    again: "Try again with the card",
    withKey: "Sign in with the Mobile Key",
    advice: {
      desk: "At a desk they can tell you what is the matter with the card. Take it with you.",
      wait: "Wait a few minutes and try again.",
    },
    reasons: {
      ...cardReasons,
      "person.deceased": {
        title: "It is not possible to sign in with this card",
        why: "The civil registry does not allow signing in with these data.",
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
  cardGone: {
    title: "This request to the card is over",
    text: "Too much time went by, or the address you opened is no more. Your card was not read. Go back to the page or portal where you were and start again.",
  },
  activationRefused: {
    start: "Start again",
    nothingKept: "For security, we kept nothing of what you typed.",
    advice: {
      desk: "Go to a desk with your identification document and your mobile phone.",
      deskLink: "What to bring to the desk",
      wait: "You can try later.",
      none: "",
    },
    reasons: {
      ...cardReasons,
      "consent.refused": {
        title: "You did not authorise reading the data",
        why: "Without this data the key cannot be linked to your card.",
      },
      "key.changed": {
        title: "Your key changed meanwhile",
        why: "While you were making this request, you got another key. Nothing was replaced.",
      },
      "key.kept": {
        title: "You kept the key you have",
        why: "You chose not to replace your key. Everything stays as it was.",
      },
      "activation.gone": {
        title: "This request is no longer active",
        why: "Too much time went by, it was cancelled, or you began another request in another window.",
      },
      "activation.out-of-step": {
        title: "This step is no longer available",
        why: "The page you sent does not match where the request is. You may have used the back button or two windows.",
      },
      "tax-authority.refused": {
        title: "You did not give the authorisation at Finanças",
        why: "Without your tax number and name we cannot confirm who you are.",
      },
      "tax-authority.failed": {
        title: "We could not confirm who you are",
        why: "The answer from the Portal das Finanças is not valid, or came too late.",
      },
      "tax-authority.unavailable": {
        title: "The Portal das Finanças is not answering",
        why: "We cannot reach the Portal das Finanças at the moment.",
      },
      "person.deceased": {
        title: "This key cannot be activated",
        why: "The civil registry does not allow a key to be activated with these data.",
      },
      "document.identity-document": {
        title: "With an Identity Document, you activate at a desk",
        why: "Activation through Finanças is only for people who hold a citizen card.",
      },
      "document.not-citizen-card": {
        title: "A citizen card is needed",
        why: "Activation online is only for people who hold a citizen card. With another document, activate at a desk.",
      },
      "document.expired": {
        title: "Your citizen card has expired",
        why: "To activate online, the card must be valid. When you renew it, you can activate the key as you collect the card.",
      },
      "document.cancelled": {
        title: "Your citizen card is cancelled",
        why: "To activate online, the card must be valid. When you have a new one, you can activate the key as you collect it.",
      },
      "address.unknown": {
        title: "We have no address for the letter",
        why: "The civil registry does not have the complete address of your citizen card.",
      },
      "address.recently-changed": {
        title: "Your address changed a short time ago",
        why: "For your protection, we do not send PINs by letter in the 30 days after a change of address.",
      },
      "key.exists": {
        title: "You already have a Digital Mobile Key",
        why: "Activation through Finanças never replaces a key that exists. If you forgot the PIN or changed phone, go to a desk.",
      },
      "letter.pending": {
        title: "You already have a letter on its way",
        why: "Wait for the letter you asked for. If it does not arrive, a desk can help you.",
      },
      "letter.returned": {
        title: "Your last letter was returned",
        why: "The post could not deliver the letter to the address on your citizen card.",
      },
      "letter.too-soon": {
        title: "You asked for a letter less than a day ago",
        why: "For security, only one letter can be asked for every 24 hours.",
      },
      "letter.too-many": {
        title: "You have asked for three letters this year",
        why: "For security, there is a limit of three letters a year.",
      },
      "phone.taken": {
        title: "This phone is already linked to another key",
        why: "Each number can be linked to one key only. Use another number.",
      },
      "sms.too-many": { title: "We cannot send more messages for now", why: "We sent many messages in a short time." },
      "code.wrong": { title: "The code is not right", why: "The code you entered is not the one we sent." },
      "code.expired": { title: "The code has expired", why: "The time to enter the code ran out." },
    },
  },
  signIn: {
    asks: "Requested by",
    steps: { identify: "Phone and PIN", code: "Code", card: "Card", consent: "Authorisation" },
    onlyOnce: "Just this once",
    ways: { label: "How you want to sign in", key: "Mobile Key", card: "Citizen card" },
    cardTitle: "Sign in with the citizen card",
    cardOnly: (portal) =>
      `${portal} asks for the highest assurance level, which only the citizen card gives. The Mobile Key is not enough.`,
    cardLead:
      "Insert the card in the reader and choose how the browser speaks with it. The PIN you are asked for is the card's authentication PIN, and only the card sees it. You need no key.",
    cardClosedTitle: "This portal accepts the citizen card alone",
    cardClosed: (portal) =>
      `${portal} asks for the highest assurance level, which only the citizen card gives. This service reads no cards at the moment.`,
    cardClosedNext: "Go back to the portal and see whether you can sign in another way.",
    identifyTitle: "Sign in with the Digital Mobile Key",
    identifyLead: "Enter the mobile number linked to your key, and your PIN.",
    codeTitle: "Enter the code you received",
    codeSent: (phone) => `We sent a message to ${phone}.`,
    codeCheck: (portal) => `The message must say “${portal}”, perhaps without accents. If it names another portal, cancel.`,
    confirm: "Confirm",
    refused:
      "The phone number or the PIN is not right, or the key cannot be used now. If the key is yours, we sent you a text message that explains.",
    codeExpired: "The code has expired. Enter your phone and PIN again to receive a new one.",
    forgotTitle: "Forgot your PIN?",
    forgot: "Nobody can see the PIN, not even us. To choose a new one, go to a desk with your document and your phone.",
    noKeyTitle: "No key yet?",
    noKey: "See how to activate the Digital Mobile Key",
    newPinTitle: "Choose your PIN",
    newPinLead:
      "The PIN in the letter was temporary and only for today. The new PIN is the one you will use from now on. Keep it to yourself.",
    newPinAdvice: [
      "Do not use dates, or parts of your phone or document number.",
      "Do not use repeated or consecutive digits, such as 1111 or 1234.",
      "Do not use the PIN from the letter.",
    ],
    newPinAction: "Save the PIN",
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
    consentTitle: (portal) => `${portal} asks for your data`,
    consentLead: (name) => `${name}, if you authorise, we send only what is on this list.`,
    consentNothing: (name) =>
      `${name}, this portal asks for none of your data: it only learns that you are the same person next time.`,
    required: "Needed to sign in",
    optional: "Optional: untick what you do not want to give",
    noValue: "we do not have this",
    authorise: "Authorise",
    refuse: "Refuse",
    refuseNote: (portal) => `If you refuse, you go back to ${portal} without signing in, and no data is sent.`,
    gone: {
      title: "This sign-in is over",
      text: "Too much time went by, or it was already completed or cancelled. Go back to the portal you wanted to enter and start again.",
    },
    usedUp: {
      title: "Your key has been blocked",
      why: "The code was entered wrongly three times after a right PIN. To protect you, we blocked the key.",
      next: "To unblock it and choose a new PIN, go to a desk with your document and your phone.",
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
  help: {
    title: "Help",
    lead: "The most frequent questions about the Digital Mobile Key.",
    sections: [
      {
        id: "real-messages",
        title: "How to tell a real message",
        text: [
          "We never ask for the PIN by phone, text message or e-mail. Nobody at a desk asks for it.",
          "Our messages never carry links. If it has a link, it is false.",
          "The message with the code names the portal and what is about to happen. If you did not ask for it, do not use the code and tell it to nobody.",
        ],
      },
      {
        id: "lost-phone",
        title: "My phone was lost or stolen",
        text: [
          "Ask your operator to block the SIM card. Whoever finds the phone still needs your PIN.",
          "To link the key to another number, go to a desk with your document and the new phone.",
        ],
      },
      {
        id: "forgotten-pin",
        title: "I forgot the PIN, or the key is blocked",
        text: [
          "After 3 wrong PINs you wait 5 minutes, after 5 you wait 30 minutes, and after 7 you wait 2 hours. After 10 the key is blocked.",
          "To unblock it and choose a new PIN, go to a desk with your document and your phone.",
        ],
      },
      {
        id: "letter",
        title: "The letter with the PIN",
        text: [
          "It arrives within 5 working days at the address on your citizen card. The temporary PIN is valid for 30 days and only for the first sign-in.",
          "If you received a letter you did not ask for, do not use the PIN, and go to a desk with the reference in the letter.",
        ],
      },
      {
        id: "validity",
        title: "How long the key is valid",
        text: [
          "With a citizen card or an Identity Document, the key is valid until 30 days after the document expires. With another document, until that document expires.",
          "It is never valid for more than 10 years and 30 days. If you renew the document in time, the key goes on without you doing anything.",
        ],
      },
      {
        id: "code-missing",
        title: "The code does not arrive",
        text: [
          "Wait half a minute and ask for another. Only the most recent code works.",
          "See whether the phone has a signal. Abroad, the message may take longer.",
        ],
      },
    ],
    contactTitle: "Contact",
  },
  accessibility: {
    title: "Accessibility",
    text: [
      "We want everybody to be able to use this service. We aim to meet WCAG 2.2, level AA.",
      "You can use every page with the keyboard alone, with a screen reader, with text up to 400 %, and without JavaScript. There is a light and a dark mode, following your device.",
      "The pages are checked automatically whenever they change. They have not yet been tested with a group of people with disabilities.",
      "If you meet a difficulty, tell us. People at a desk can help you too.",
    ],
  },
  privacy: {
    title: "Privacy",
    text: [
      "We keep only what your key needs to work: who you are, your document, the address for the letter, your mobile phone and, if you gave it, your e-mail.",
      "No portal receives data without your authorisation, and each portal knows you by a different identifier.",
      "Nobody can read your PIN. Codes are erased after use.",
      "There is no advertising, no third-party statistics, and no content from other sites.",
    ],
    cookiesTitle: "Cookies",
    cookies: [
      "session: links the steps of what you are doing. It goes away when you close the browser.",
      "browser: recognises this browser, so that strangers cannot block your key. It lasts 13 months.",
      "signed_in: spares you the PIN for at most 8 hours.",
      "lang: remembers the language you chose. It lasts 13 months.",
    ],
  },
  terms: {
    title: "Terms of use",
    text: [
      "The key is personal. Do not tell anyone the PIN or the codes, and do not let anyone else use them.",
      "Before you authorise, always look at which portal asks and for which data.",
      "If you lose the phone, or think that somebody knows your PIN, act at once: see the help.",
      "The service is free. You can stop using it whenever you like.",
    ],
  },
} satisfies Words;
