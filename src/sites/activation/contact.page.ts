import type { Context, Hono } from "hono";
import { isOneOf, readContact, seeOther, type Form, type Mistakes, type Scene } from "#sites/kit";
import type { Words } from "#words";
import { contactView, type ContactProps } from "./contact.view.ts";
import { applicantOf, type ChannelSite } from "./journey.ts";
import { endings } from "./refused.view.ts";

type State = Pick<ContactProps, "mistakes" | "typed" | "understood">;
const untouched: State = { mistakes: {}, typed: { phone: "", email: "", consent: false }, understood: null };

export function contactPages(app: Hono, site: ChannelSite): void {
  const { contact } = site.paths.pages;
  app.get(contact, (c) => showContact(site, c, 200, untouched));
  app.post(
    contact,
    site.kit.posted((c, scene, form) => giveContact(site, c, scene, form)),
  );
}

function showContact({ kit, journey }: ChannelSite, c: Context, status: number, state: State): Promise<Response> {
  return journey.guarded(c, "contact", ({ csrf }, { givenNames }) =>
    kit.show(c, (words) => contactView(words, { csrf, givenNames, ...state }), { status }),
  );
}

async function giveContact(site: ChannelSite, c: Context, scene: Scene, form: Form): Promise<Response> {
  const { contact, ...again } = read(scene.words, form);
  if (!contact) return showContact(site, c, 400, again);
  const given = await site.activation.giveContact(applicantOf(scene), contact);
  if (given.ok) return seeOther(c, site.paths.pages.code);
  const { refusal } = given;
  // This channel lets nothing be chosen that could be mistaken.
  return site.journey.settle(c, scene, isOneOf(endings, refusal) ? refusal : "activation.out-of-step");
}

/** Reads the form: either everything that core needs, or what to show again. */
function read(words: Words, form: Form) {
  const { given, understood, ...read } = readContact(words, form);
  const typed = { ...read.typed, consent: form.text("consent") === "yes" };
  const mistakes: Mistakes = { ...read.mistakes, ...(!typed.consent && { consent: words.fields.consent.missing }) };
  const contact = given && Object.keys(mistakes).length === 0 ? { ...given, consent: true as const } : null;
  return { typed, mistakes, understood, contact };
}
