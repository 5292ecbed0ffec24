import type { Context, Hono } from "hono";
import type { Contact, ContactMistake } from "#core/activation";
import { isOneOf, seeOther, type Form, type Mistakes, type Scene } from "#sites/kit";
import type { Words } from "#words";
import { contactView, type ContactFace, type ContactProps, type ContactState, type ContactTyped } from "./contact.view.ts";
import { applicantOf, type ChannelSite } from "./journey.ts";
import { endings } from "./channels.ts";

/** What a channel asks on this page, and how it is read. */
export interface ContactForm<Typed extends ContactTyped> {
  readonly untouched: Typed;
  readonly face: (words: Words, props: ContactProps<Typed>) => ContactFace;
  /** Either everything that core needs, or what to show again. */
  readonly read: (words: Words, form: Form) => ContactState<Typed> & { readonly contact: Contact | null };
  /** What core would have corrected, beside its field; null where nothing is chosen that could be mistaken. */
  readonly correct: ((words: Words, mistake: ContactMistake) => Mistakes) | null;
}

interface ContactSite<Typed extends ContactTyped> extends ChannelSite {
  readonly form: ContactForm<Typed>;
}

export function contactPages<Typed extends ContactTyped>(app: Hono, channel: ChannelSite, form: ContactForm<Typed>): void {
  const site = { ...channel, form };
  const { contact } = site.paths.pages;
  app.get(contact, (c) => showContact(site, c, 200, { mistakes: {}, typed: form.untouched, understood: null }));
  app.post(
    contact,
    site.kit.posted((c, scene, given) => giveContact(site, c, scene, given)),
  );
}

function showContact<Typed extends ContactTyped>(
  { kit, journey, form }: ContactSite<Typed>,
  c: Context,
  status: number,
  state: ContactState<Typed>,
): Promise<Response> {
  return journey.guarded(c, "contact", ({ csrf }, { givenNames }) => {
    const props = { csrf, givenNames, ...state };
    return kit.show(c, (words) => contactView(words, form.face(words, props), props), { status });
  });
}

async function giveContact<Typed extends ContactTyped>(
  site: ContactSite<Typed>,
  c: Context,
  scene: Scene,
  given: Form,
): Promise<Response> {
  const { form, journey } = site;
  const { contact, ...again } = form.read(scene.words, given);
  if (!contact) return showContact(site, c, 400, again);
  const taken = await site.activation.giveContact(applicantOf(scene), contact);
  if (taken.ok) return seeOther(c, site.paths.pages.code);
  const { refusal } = taken;
  if (isOneOf(endings, refusal)) return journey.settle(c, scene, refusal);
  if (form.correct === null) return journey.settle(c, scene, "activation.out-of-step");
  return showContact(site, c, 422, { ...again, mistakes: form.correct(scene.words, refusal) });
}
