/** A journey goes in steps, each with a page of its own: only the page of the step at which it stands may be seen. */
import type { Context } from "hono";
import type { Outcome } from "#platform/outcome";
import { seeOther } from "./answers.ts";
import { marked } from "./csrf.ts";
import type { Answer, Kit, Scene } from "./kit.ts";

/** Which page belongs to which step: its address, or where it is under the journey's own. */
export type Pages<Step extends string> = Readonly<Record<Step, string>>;

export interface JourneySpec<Step extends string, View, Refusal extends string> {
  /** What the page of `step` shows; without `step`, only where the journey stands is asked. */
  load(c: Context, scene: Scene, step?: Step): Promise<Outcome<{ readonly view: View }, Refusal>>;
  /** Address of the page of a step. */
  address(c: Context, step: Step): string;
  /** Address of the page at which it stands. */
  placeOf(c: Context, view: View): string;
  /** The one thing that the forms of its pages are made for (`marked`), where another window may begin another such journey. */
  about?(view: View): string;
  /** Said when there is no such journey, or not what a page of it would show. */
  readonly gone: Refusal;
  /** Said by core after the back button, a double click or in a second window: no harm is done, and it leads to where it stands. */
  readonly outOfStep?: Refusal;
  /** Answers whoever asks for a page when there is nothing to show. */
  missing(c: Context, scene: Scene, refusal: Refusal): Answer;
  /** Answers a form after which the journey does not go on. */
  refused(c: Context, scene: Scene, refusal: Refusal): Answer;
}

export interface Journey<Step extends string, View, Refusal extends string> {
  /** Address of the page of a step. */
  address(c: Context, step: Step): string;
  /**
   * Loads what the page of `step` needs and shows it, or leads to the page at which the journey stands. `show` answers nothing
   * when what it needs is not there: the journey is then as good as gone.
   */
  guarded(c: Context, step: Step, show: (scene: Scene, view: View) => Answer | null | undefined): Promise<Response>;
  /** What becomes of a form that was refused: back to where the journey stands, or its end. */
  settle(c: Context, scene: Scene, refusal: Refusal): Promise<Response>;
  /** Leads to the page at which the journey stands, whichever it is. */
  resume(c: Context): Promise<Response>;
}

interface Needs<Step extends string, View, Refusal extends string> extends JourneySpec<Step, View, Refusal> {
  readonly kit: Kit;
}

export function createJourney<Step extends string, View, Refusal extends string>(
  kit: Kit,
  spec: JourneySpec<Step, View, Refusal>,
): Journey<Step, View, Refusal> {
  const needs = { ...spec, kit };
  return {
    address: needs.address,
    guarded: (c, step, show) => guarded(needs, c, step, show),
    settle: (c, scene, refusal) => settle(needs, c, scene, refusal),
    resume: (c) => resume(needs, c),
  };
}

async function guarded<Step extends string, View, Refusal extends string>(
  needs: Needs<Step, View, Refusal>,
  c: Context,
  step: Step,
  show: (scene: Scene, view: View) => Answer | null | undefined,
): Promise<Response> {
  const scene = await needs.kit.scene(c);
  const found = await needs.load(c, scene, step);
  if (!found.ok) return needs.missing(c, scene, found.refusal);
  const place = needs.placeOf(c, found.view);
  if (place !== needs.address(c, step)) return seeOther(c, place);
  const about = needs.about?.(found.view);
  const shown = show(about === undefined ? scene : { ...scene, csrf: marked(scene.csrf, about) }, found.view);
  return shown ?? needs.missing(c, scene, needs.gone);
}

async function settle<Step extends string, View, Refusal extends string>(
  needs: Needs<Step, View, Refusal>,
  c: Context,
  scene: Scene,
  refusal: Refusal,
): Promise<Response> {
  const found = refusal === needs.outOfStep ? await needs.load(c, scene) : null;
  return found?.ok ? seeOther(c, needs.placeOf(c, found.view)) : needs.refused(c, scene, refusal);
}

async function resume<Step extends string, View, Refusal extends string>(
  needs: Needs<Step, View, Refusal>,
  c: Context,
): Promise<Response> {
  const scene = await needs.kit.scene(c);
  const found = await needs.load(c, scene);
  return found.ok ? seeOther(c, needs.placeOf(c, found.view)) : needs.missing(c, scene, found.refusal);
}
