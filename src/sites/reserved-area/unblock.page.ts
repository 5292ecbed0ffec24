import type { Context, Hono } from "hono";
import type { CardWanted, Unblocker, Unblocking, UnblockingRefusal, UnblockingStep, UnblockingView } from "#core/unblocking";
import {
  codeStepPages,
  createJourney,
  isPinWeakness,
  openEndings,
  readNewPin,
  seeOther,
  type Form,
  type Journey,
  type Kit,
  type Scene,
} from "#sites/kit";
import type { Door } from "./door.ts";
import { paths, unblockPaths } from "./paths.ts";
import { endings, unblockRefusedView } from "./unblock-refused.view.ts";
import { unblockCodeFace, unblockDoneView, unblockPinView, type UnblockPinProps } from "./unblock.view.ts";

interface UnblockSite {
  readonly kit: Kit;
  readonly unblocking: Unblocking;
  readonly journey: Journey<UnblockingStep, UnblockingView, CardWanted | UnblockingRefusal>;
}

const { pages, cancel } = unblockPaths;

export function unblockPages(app: Hono, kit: Kit, unblocking: Unblocking, door: Door): void {
  const site = { kit, unblocking, journey: openJourney(app, kit, unblocking, door) };
  pinPages(app, site);
  codePages(app, site);
  app.get(pages.done, (c) =>
    site.journey.guarded(c, "done", ({ csrf }) => kit.show(c, (words) => unblockDoneView(words, { csrf }))),
  );
  app.post(
    cancel,
    kit.posted(async (c, scene) => {
      await unblocking.cancel(unblockerOf(scene));
      return seeOther(c, paths.home);
    }),
  );
  app.get(cancel, (c) => seeOther(c, paths.home));
}

const unblockerOf = ({ visitor, about }: Scene): Unblocker => (about === null ? visitor : { ...visitor, shownIn: about });

/** Without a card just shown nothing is refused: it is asked for, and the person comes back. */
function openJourney(app: Hono, kit: Kit, unblocking: Unblocking, door: Door): UnblockSite["journey"] {
  const end = openEndings(app, kit, { path: unblockPaths.refused, endings, view: unblockRefusedView });
  const refused = (c: Context, scene: Scene, refusal: CardWanted | UnblockingRefusal) =>
    refusal === "card.wanted" ? door(c, scene, pages.pin, "card") : end(c, refusal);
  return createJourney<UnblockingStep, UnblockingView, CardWanted | UnblockingRefusal>(kit, {
    load: (_c, { visitor }) => unblocking.view(visitor),
    address: (_c, step) => pages[step],
    placeOf: (_c, { step }) => pages[step],
    about: ({ session }) => session,
    gone: "unblocking.gone",
    outOfStep: "unblocking.out-of-step",
    missing: refused,
    refused,
  });
}

function pinPages(app: Hono, site: UnblockSite): void {
  app.get(pages.pin, (c) => showPin(site, c, 200, { mistakes: {}, refusal: null }));
  app.post(
    pages.pin,
    site.kit.posted((c, scene, form) => choosePin(site, c, scene, form)),
  );
}

type PinState = Pick<UnblockPinProps, "mistakes" | "refusal">;

function showPin({ kit, journey }: UnblockSite, c: Context, status: number, state: PinState): Promise<Response> {
  return journey.guarded(c, "pin", ({ csrf }) => kit.show(c, (words) => unblockPinView(words, { csrf, ...state }), { status }));
}

async function choosePin(site: UnblockSite, c: Context, scene: Scene, form: Form): Promise<Response> {
  const { words } = scene;
  const { pin, mistakes } = readNewPin(words, form);
  if (Object.keys(mistakes).length > 0) return showPin(site, c, 400, { mistakes, refusal: null });
  const chosen = await site.unblocking.choosePin(unblockerOf(scene), pin);
  if (chosen.ok) return seeOther(c, pages.code);
  const { refusal } = chosen;
  return isPinWeakness(words, refusal)
    ? showPin(site, c, 422, { mistakes: { pin_new: words.fields.newPin.weakness[refusal] }, refusal })
    : site.journey.settle(c, scene, refusal);
}

function codePages(app: Hono, { kit, unblocking, journey }: UnblockSite): void {
  codeStepPages(app, {
    kit,
    journey,
    route: pages.code,
    face: (words, { csrf }) => unblockCodeFace(words, csrf),
    confirm: (_c, scene, code) => unblocking.confirm(unblockerOf(scene), code),
    resend: (_c, scene) => unblocking.resend(unblockerOf(scene)),
    confirmed: (c) => seeOther(c, pages.done),
    refused: journey.settle,
  });
}
