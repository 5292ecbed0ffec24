import type { HomeWords } from "./words.pt.ts";

export const homeEn = {
  home: {
    title: "Authentication Portal",
    lead: "With the mobile key you sign in to public and private portals with your mobile phone and a PIN only you know.",
    menuLabel: "Services",
    keyTitle: "Mobile key",
    keyText: "Get your key. It is free. See the three ways to activate it and what you need.",
    keyAction: "Activate the key",
    areaTitle: "Reserved area",
    areaText: "See the state of your key and your data, and unlock the key if it is locked.",
    areaAction: "Enter the reserved area",
    helpTitle: "Help",
    helpText: "Validity, lost phone, forgotten PIN, and how to tell a real message.",
    helpAction: "See the help",
    howTitle: "How it works",
    how: [
      "On the portal you want to enter, choose the mobile key.",
      "Enter your mobile phone number and your PIN.",
      "Enter the code you receive by text message.",
      "See which data the portal asks for, and decide whether to authorise it.",
    ],
  },
  help: {
    title: "Help",
    lead: "The most frequent questions about the mobile key.",
    sections: [
      {
        id: "real-messages",
        title: "How to tell a real message",
        text: [
          "We never ask for the PIN by phone, text message or e-mail. Nobody at a desk asks for it.",
          "Our messages never carry links. If it has a link, it is false.",
          "The message with the code names the portal and what is about to happen. If you did not ask for it, do not use the code, and do not tell it to anyone.",
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
        title: "I forgot the PIN, or the key is locked",
        text: [
          "After 3 wrong PINs you wait 5 minutes, after 5 you wait 30 minutes, and after 7 you wait 2 hours. After 10 the key is locked.",
          "To unlock it and choose a new PIN, enter the reserved area with your citizen card and a reader. Or go to a desk with your document and your phone.",
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
      "browser: recognises this browser, so that strangers cannot lock your key. It lasts 13 months.",
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
  cardGone: {
    title: "This request to the card is over",
    text: "Too much time went by, or the address you opened is no more. Your card was not read. Go back to the page or portal where you were and start again.",
  },
} satisfies HomeWords;
