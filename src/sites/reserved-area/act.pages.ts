/** The pages of any act: its form, its code or its button, its end, and the ways out. An act gives what is its own as a row (`acts.ts`). */
import type { Context, Hono } from "hono";
import type { Act, ActCode, Actor, ActRefusal, ActStep, ActView, ProofWanted } from "#core/acts";
import type { Outcome } from "#platform/outcome";
import {
  codeStepPages,
  createJourney,
  openEndings,
  seeOther,
  type Form,
  type Journey,
  type Kit,
  type Mistakes,
  type Scene,
} from "#sites/kit";
import { actConfirmView, actDoneView, codeFaceOf } from "./act.view.ts";
import { actRefusedView, endings } from "./act-refused.view.ts";
import type { ActSite } from "./act-site.ts";
import type { Door } from "./door.ts";
import { actPaths, paths } from "./paths.ts";

interface Room<Given, Mistake extends string> {
  readonly kit: Kit;
  readonly door: Door;
  readonly act: Act<Given, Mistake>;
  readonly site: ActSite<Given, Mistake>;
}

/** As the page of a code shows it: where it went, masked or not. */
interface Shown extends Omit<ActView, "code"> {
  readonly code: (Omit<ActCode, "sentTo"> & { readonly maskedPhone: string }) | null;
}

interface OpenRoom<Given, Mistake extends string> extends Room<Given, Mistake> {
  readonly journey: Journey<ActStep, Shown, ProofWanted | ActRefusal>;
}

export function actPages<Given, Mistake extends string>(app: Hono, room: Room<Given, Mistake>): void {
  const open = { ...room, journey: openJourney(app, room) };
  formPages(app, open);
  codePages(app, open);
  confirmPages(app, open);
  waysOut(app, open);
  const { kit, site, journey } = open;
  app.get(actPaths(site.path).pages.done, (c) =>
    journey.guarded(c, "done", ({ csrf }) => kit.show(c, (words) => actDoneView(words, site, { csrf }))),
  );
}

const actorOf = ({ visitor, about }: Scene): Actor => (about === null ? visitor : { ...visitor, shownIn: about });

/** Without the proof nothing is refused: it is asked for, and the person comes back. */
function openJourney<Given, Mistake extends string>(
  app: Hono,
  { kit, door, act, site }: Room<Given, Mistake>,
): OpenRoom<Given, Mistake>["journey"] {
  const { pages, refused: path } = actPaths(site.path);
  const end = openEndings(app, kit, { path, endings, view: (words, ended) => actRefusedView(words, site, ended) });
  const refused = (c: Context, scene: Scene, refusal: ProofWanted | ActRefusal) =>
    refusal === "proof.wanted" ? door(c, scene, site.path, act.enterBy) : end(c, refusal);
  return createJourney<ActStep, Shown, ProofWanted | ActRefusal>(kit, {
    load: (_c, scene, step = "done") => load(act, scene, step),
    address: (_c, step) => pages[step],
    placeOf: (_c, { step }) => pages[step],
    about: ({ session }) => session,
    gone: "act.gone",
    outOfStep: "act.out-of-step",
    missing: refused,
    refused,
  });
}

async function load<Given, Mistake extends string>(
  act: Act<Given, Mistake>,
  { visitor }: Scene,
  step: ActStep,
): Promise<Outcome<{ view: Shown }, ProofWanted | ActRefusal>> {
  const found = await act.view(visitor, step);
  if (!found.ok) return found;
  const { code } = found.view;
  return { ok: true, view: { ...found.view, code: code && { ...code, maskedPhone: code.sentTo } } };
}

interface FormState<Given, Mistake> {
  readonly mistakes: Mistakes;
  /** By core, of something well formed. */
  readonly mistake: Mistake | null;
  readonly given: Given | null;
}

function formPages<Given, Mistake extends string>(app: Hono, room: OpenRoom<Given, Mistake>): void {
  const { path } = room.site;
  app.get(path, (c) => showForm(room, c, 200, { mistakes: {}, mistake: null, given: null }));
  app.post(
    path,
    room.kit.posted((c, scene, form) => give(room, c, scene, form)),
  );
}

function showForm<Given, Mistake extends string>(
  { kit, site, journey }: OpenRoom<Given, Mistake>,
  c: Context,
  status: number,
  state: FormState<Given, Mistake>,
): Promise<Response> {
  return journey.guarded(c, "form", ({ csrf }, { email }) =>
    kit.show(c, (words) => site.formView(words, { ...state, csrf, email }), { status }),
  );
}

async function give<Given, Mistake extends string>(
  room: OpenRoom<Given, Mistake>,
  c: Context,
  scene: Scene,
  form: Form,
): Promise<Response> {
  const { act, site, journey } = room;
  const { given, mistakes } = site.read(scene.words, form);
  if (Object.keys(mistakes).length > 0) return showForm(room, c, 400, { mistakes, mistake: null, given });
  const begun = await act.give(actorOf(scene), given);
  if (begun.ok) return seeOther(c, journey.address(c, begun.step));
  if (!("mistake" in begun)) return journey.settle(c, scene, begun.refusal);
  const { mistake } = begun;
  return showForm(room, c, 422, { mistakes: site.mistaken(scene.words, mistake), mistake, given });
}

function codePages<Given, Mistake extends string>(app: Hono, { kit, act, site, journey }: OpenRoom<Given, Mistake>): void {
  const { code, done } = actPaths(site.path).pages;
  codeStepPages(app, {
    kit,
    journey,
    route: code,
    face: (words, { csrf }) => codeFaceOf(words, site, csrf),
    confirm: (_c, scene, digits) => act.confirm(actorOf(scene), digits),
    resend: (_c, scene) => act.resend(actorOf(scene)),
    confirmed: (c) => seeOther(c, done),
    refused: journey.settle,
  });
}

/** Where no code is sent, a press of a button confirms. */
function confirmPages<Given, Mistake extends string>(app: Hono, room: OpenRoom<Given, Mistake>): void {
  const { kit, act, site, journey } = room;
  const { confirm, done } = actPaths(site.path).pages;
  app.get(confirm, (c) =>
    journey.guarded(c, "confirm", ({ csrf }, { email }) =>
      kit.show(c, (words) => actConfirmView(words, site, { csrf, email })),
    ),
  );
  app.post(
    confirm,
    kit.posted(async (c, scene) => {
      const confirmed = await act.confirm(actorOf(scene), null);
      return confirmed.ok ? seeOther(c, done) : journey.settle(c, scene, confirmed.refusal);
    }),
  );
}

/** Both give up what was typed: one leads back to the reserved area, the other to the form. */
function waysOut<Given, Mistake extends string>(app: Hono, { kit, act, site }: OpenRoom<Given, Mistake>): void {
  const { cancel, again } = actPaths(site.path);
  for (const [out, to] of [
    [cancel, paths.home],
    [again, site.path],
  ] as const) {
    app.post(
      out,
      kit.posted(async (c, scene) => {
        await act.cancel(actorOf(scene));
        return seeOther(c, to);
      }),
    );
    app.get(out, (c) => seeOther(c, to));
  }
}
