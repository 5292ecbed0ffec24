/** The pages of any act: its form, its code or its button, its end, and the ways out. An act gives what is its own as a row (`acts.ts`). */
import type { Context, Hono } from "hono";
import type { Act, Actor, ActRefusal, ActStep, ActView, ProofWanted } from "#core/acts";
import { elsewhere, marked, readCode, tooSoon, type Form, type Journey, type Kit, type Mistakes, type Scene } from "#sites/kit";
import { actCodeView, actConfirmView, actDoneView } from "./act.view.ts";
import { actRefusedView, endings, isActRefusal } from "./act-refused.view.ts";
import type { ActSite } from "./act-site.ts";
import { pages, type Door } from "./door.ts";

interface Room<Given, Mistake extends string> {
  readonly kit: Kit;
  readonly door: Door;
  readonly act: Act<Given, Mistake>;
  readonly site: ActSite<Given, Mistake>;
}

export function actPages<Given, Mistake extends string>(app: Hono, room: Room<Given, Mistake>): void {
  const { kit, site } = room;
  const at = journeyOf(site);
  const posted = (handle: (room: Room<Given, Mistake>, c: Context, scene: Scene, form: Form) => Promise<Response>) =>
    kit.posted((c, scene, form) => handle(room, c, scene, form));

  app.get(at.form, (c) => showForm(room, c, { mistakes: {}, mistake: null, given: null }));
  app.post(at.form, posted(give));
  app.get(at.code, (c) => showCode(room, c, { mistakes: {}, news: null }));
  app.post(at.code, posted(confirmByCode));
  app.post(`${at.code}/resend`, posted(resend));
  app.get(at.confirm, (c) => showConfirmation(room, c));
  app.post(at.confirm, posted(confirmByButton));
  app.get(at.done, (c) => guarded(room, c, "done", ({ csrf }) => kit.show(c, (words) => actDoneView(words, site, { csrf }))));
  for (const [way, to] of Object.entries({ cancel: pages.home, again: at.form })) {
    app.post(
      `${site.path}/${way}`,
      posted((...asked) => cancel(...asked, to)),
    );
    app.get(`${site.path}/${way}`, (c) => c.redirect(to, 303));
  }
  app.get(`${at.code}/resend`, (c) => c.redirect(at.code, 303));
  /** Only the language switch of a refusal page leads here: the explanation alone, about nobody. */
  app.get(`${site.path}/refused/:code`, (c) => {
    const code = c.req.param("code");
    return isActRefusal(code) ? end(room, c, code, kit.reference()) : kit.fail(c, "notFound");
  });
}

function journeyOf({ path }: { readonly path: string }): Journey<ActStep> {
  return { form: path, code: `${path}/code`, confirm: `${path}/confirm`, done: `${path}/done` };
}

const actorOf = ({ visitor, about }: Scene): Actor => (about === null ? visitor : { ...visitor, shownIn: about });

/** The seed's rule: any error ends it, wipes what was typed (core did), and offers only to start again. */
function end<Given, Mistake extends string>(
  { kit, site }: Room<Given, Mistake>,
  c: Context,
  refusal: ActRefusal,
  reference = kit.note({ refusal }),
): Response {
  return kit.show(c, (words) => actRefusedView(words, site, { refusal, reference }), {
    status: endings[refusal].status,
    path: `${site.path}/refused/${refusal}`,
  });
}

/** The proof first; or to where it stands, after the back button, a double click or in a second window; or the end. */
async function settle<Given, Mistake extends string>(
  room: Room<Given, Mistake>,
  c: Context,
  scene: Scene,
  refusal: ProofWanted | ActRefusal,
): Promise<Response> {
  const { door, act, site } = room;
  if (refusal === "proof.wanted") return door(c, scene, site.path, act.enterBy);
  const found = refusal === "act.out-of-step" ? await act.view(scene.visitor, "done") : null;
  return found?.ok ? c.redirect(journeyOf(site)[found.view.step], 303) : end(room, c, refusal);
}

/** Shows the page of `step` if the act is there, its forms bound to the session that it is shown in; otherwise leads to where it is. */
async function guarded<Given, Mistake extends string>(
  room: Room<Given, Mistake>,
  c: Context,
  step: ActStep,
  show: (scene: Scene, view: ActView) => Response,
): Promise<Response> {
  const scene = await room.kit.scene(c);
  const found = await room.act.view(scene.visitor, step);
  if (!found.ok) return settle(room, c, scene, found.refusal);
  const { view } = found;
  const journey = journeyOf(room.site);
  const other = elsewhere(journey, view.step, journey[step]);
  return other === null ? show({ ...scene, csrf: marked(scene.csrf, view.session) }, view) : c.redirect(other, 303);
}

interface FormState<Given, Mistake> {
  readonly mistakes: Mistakes;
  /** By core, of something well formed. */
  readonly mistake: Mistake | null;
  readonly given: Given | null;
}

function showForm<Given, Mistake extends string>(room: Room<Given, Mistake>, c: Context, state: FormState<Given, Mistake>) {
  const mistaken = state.mistake === null ? 400 : 422;
  const status = Object.keys(state.mistakes).length === 0 ? 200 : mistaken;
  return guarded(room, c, "form", ({ csrf }, { email }) =>
    room.kit.show(c, (words) => room.site.formView(words, { ...state, csrf, email }), { status, path: room.site.path }),
  );
}

async function give<Given, Mistake extends string>(room: Room<Given, Mistake>, c: Context, scene: Scene, form: Form) {
  const { act, site } = room;
  const { given, mistakes } = site.read(scene.words, form);
  if (Object.keys(mistakes).length > 0) return showForm(room, c, { mistakes, mistake: null, given });
  const begun = await act.give(actorOf(scene), given);
  if (begun.ok) return c.redirect(journeyOf(site)[begun.step], 303);
  if (!("mistake" in begun)) return settle(room, c, scene, begun.refusal);
  const { mistake } = begun;
  return showForm(room, c, { mistakes: site.mistaken(scene.words, mistake), mistake, given });
}

interface CodeState {
  readonly mistakes: Mistakes;
  /** Something to know that is no mistake: too soon for another code, no more codes. */
  readonly news: string | null;
}

function showCode<Given, Mistake extends string>({ kit, site, ...room }: Room<Given, Mistake>, c: Context, state: CodeState) {
  const mistaken = Object.keys(state.mistakes).length > 0 ? 400 : 422;
  const status = mistaken === 422 && state.news === null ? 200 : mistaken;
  return guarded({ kit, site, ...room }, c, "code", ({ csrf }, { code }) =>
    code
      ? kit.show(c, (words) => actCodeView(words, site, { ...state, csrf, code }), { status, path: journeyOf(site).code })
      : c.redirect(site.path, 303),
  );
}

async function confirmByCode<Given, Mistake extends string>(
  room: Room<Given, Mistake>,
  c: Context,
  scene: Scene,
  form: Form,
): Promise<Response> {
  const read = readCode(scene.words, form);
  if (read.mistake !== null) return showCode(room, c, { mistakes: { code: read.mistake }, news: null });
  return confirm(room, c, scene, read.code);
}

const confirmByButton = <Given, Mistake extends string>(room: Room<Given, Mistake>, c: Context, scene: Scene) =>
  confirm(room, c, scene, null);

async function confirm<Given, Mistake extends string>(
  room: Room<Given, Mistake>,
  c: Context,
  scene: Scene,
  code: string | null,
): Promise<Response> {
  const confirmed = await room.act.confirm(actorOf(scene), code);
  return confirmed.ok ? c.redirect(journeyOf(room.site).done, 303) : settle(room, c, scene, confirmed.refusal);
}

function showConfirmation<Given, Mistake extends string>(room: Room<Given, Mistake>, c: Context): Promise<Response> {
  const { kit, site } = room;
  return guarded(room, c, "confirm", ({ csrf }, { email }) =>
    kit.show(c, (words) => actConfirmView(words, site, { csrf, email })),
  );
}

async function resend<Given, Mistake extends string>(room: Room<Given, Mistake>, c: Context, scene: Scene): Promise<Response> {
  const resent = await room.act.resend(actorOf(scene));
  if (resent.ok) return c.redirect(journeyOf(room.site).code, 303);
  const { refusal, until } = resent;
  if (refusal === "code.too-soon") return showCode(room, c, { mistakes: {}, news: tooSoon(scene.words, until) });
  return refusal === "code.no-more"
    ? showCode(room, c, { mistakes: {}, news: scene.words.code.noMore })
    : settle(room, c, scene, refusal);
}

async function cancel<Given, Mistake extends string>(
  { act }: Room<Given, Mistake>,
  c: Context,
  scene: Scene,
  _form: Form,
  to: string,
): Promise<Response> {
  await act.cancel(actorOf(scene));
  return c.redirect(to, 303);
}
