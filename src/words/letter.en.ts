/** The PIN letter in English. */
import type { letterPt } from "./letter.pt.ts";

const DATE = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Lisbon", dateStyle: "long" });

export const letterEn: typeof letterPt = {
  language: "en-GB",
  product: "Chave",
  date: (day) => DATE.format(day),
  reference: "Reference",
  requested: "Requested on",
  phone: "Mobile phone",
  expires: "Valid until",
  temporaryPin: "Temporary PIN",
  title: "The PIN to start using your key",
  intro:
    "You asked for a mobile key through Finanças (the tax portal). The PIN in this letter works only once: to sign in for the first time, at any portal that accepts the key.",
  steps: (phone) => [
    "At the portal you want to enter, choose to sign in with the key. Type the portal’s address yourself: this letter carries no links.",
    `Enter your mobile phone number, ${phone}, and the temporary PIN.`,
    "Enter the code you receive by text message and choose your own PIN of 4 to 8 digits. The temporary PIN stops working at once.",
  ],
  notYou: "You did not ask for this letter?",
  notYouAdvice: (expires) =>
    `Do not use the PIN or tell it to anyone. Take this letter to a service desk and quote the reference. Without the PIN nobody can use the key, and it stops working after ${expires}.`,
  warning: "We never ask for your PIN by phone, text message or e-mail.",
};
