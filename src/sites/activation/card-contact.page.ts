import type { Context, Hono } from "hono";
import type { ContactMistake } from "#core/activation";
import { isPinWeakness, readContact, readNewPin, seeOther, type Form, type Mistakes, type Scene } from "#sites/kit";
import type { Words } from "#words";
import { cardContactView, type CardContactProps } from "./card-contact.view.ts";
import { applicantOf, type ChannelSite } from "./journey.ts";

type State = Pick<CardContactProps, "mistakes" | "typed" | "understood">;
const untouched: State = { mistakes: {}, typed: { phone: "", email: "", signature: false }, understood: null };

export function cardContactPages(app: Hono, site: ChannelSite): void {
  const { contact } = site.paths.pages;
  app.get(contact, (c) => showContact(site, c, 200, untouched));
  app.post(
    contact,
    site.kit.posted((c, scene, form) => giveContact(site, c, scene, form)),
  );
}

function showContact({ kit, journey }: ChannelSite, c: Context, status: number, state: State): Promise<Response> {
  return journey.guarded(c, "contact", ({ csrf }, { givenNames }) =>
    kit.show(c, (words) => cardContactView(words, { csrf, givenNames, ...state }), { status }),
  );
}

async function giveContact(site: ChannelSite, c: Context, scene: Scene, form: Form): Promise<Response> {
  const { words } = scene;
  const { contact, ...again } = read(words, form);
  if (!contact) return showContact(site, c, 400, again);
  const given = await site.activation.giveContact(applicantOf(scene), contact);
  if (given.ok) return seeOther(c, site.paths.pages.code);
  const { refusal } = given;
  return isMistake(words, refusal)
    ? showContact(site, c, 422, { ...again, mistakes: mistakesOf(words, refusal) })
    : site.journey.settle(c, scene, refusal);
}

function isMistake(words: Words, refusal: string): refusal is ContactMistake {
  return isPinWeakness(words, refusal) || refusal === "signature-pin.weak" || refusal === "signature.too-young";
}

function mistakesOf({ citizenCard, fields }: Words, refusal: ContactMistake): Mistakes {
  if (refusal === "signature.too-young") return { signature: citizenCard.signatureTooYoung };
  if (refusal === "signature-pin.weak") return { signature_pin_new: citizenCard.signaturePinWeak };
  return { pin_new: fields.newPin.weakness[refusal] };
}

function read(words: Words, form: Form) {
  const { given, understood, ...read } = readContact(words, form);
  const typed = { ...read.typed, signature: form.text("signature") === "yes" };
  const chosen = readNewPin(words, form);
  const own = typed.signature && form.text("signature_pin_new") !== "" ? readNewPin(words, form, "signature_pin") : null;
  const mistakes: Mistakes = { ...read.mistakes, ...chosen.mistakes, ...own?.mistakes };
  const choice = { pin: chosen.pin, signature: typed.signature ? { pin: own?.pin ?? null } : null };
  const contact = given && Object.keys(mistakes).length === 0 ? { ...given, consent: true as const, choice } : null;
  return { typed, mistakes, understood, contact };
}
