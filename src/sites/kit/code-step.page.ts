/** The step at which a code is typed, whatever for: shown, tried, asked for once more. What ends it is its journey's affair. */
import type { Context, Hono } from "hono";
import type { CodeStanding } from "#core/one-time-codes";
import type { Outcome } from "#platform/outcome";
import type { Words } from "#words";
import { seeOther } from "./answers.ts";
import { codeStepView, untouched, type CodeFace, type CodeState } from "./code-step.view.ts";
import type { Form } from "./form.ts";
import type { Journey } from "./journey.ts";
import type { Answer, Kit, Scene } from "./kit.ts";
import { readCode } from "./typed.ts";

interface WithCode {
  /** Null in any other step. */
  readonly code: CodeStanding | null;
}

export interface CodeStep<View extends WithCode, Refusal extends string, Confirmed extends object> {
  readonly kit: Kit;
  /** Its step "code" is this one. */
  readonly journey: Pick<Journey<"code", View, Refusal>, "address" | "guarded">;
  /** The page's path, as a pattern. */
  readonly route: string;
  face(words: Words, scene: Scene, view: View): CodeFace;
  /** `code`: six digits. A wrong code with tries left is typed again; any other refusal goes to `refused`. */
  confirm(c: Context, scene: Scene, code: string): Promise<Outcome<Confirmed, Refusal>>;
  resend(c: Context, scene: Scene): Promise<Outcome<object, Refusal | "code.too-soon" | "code.no-more">>;
  confirmed(c: Context, outcome: Confirmed): Answer;
  refused(c: Context, scene: Scene, refusal: Refusal): Answer;
}

export function codeStepPages<View extends WithCode, Refusal extends string, Confirmed extends object>(
  app: Hono,
  step: CodeStep<View, Refusal, Confirmed>,
): void {
  const { kit, route, journey } = step;
  app.get(route, (c) => showCode(step, c, 200, {}));
  app.post(
    route,
    kit.posted((c, scene, form) => tryCode(step, c, scene, form)),
  );
  app.post(
    `${route}/resend`,
    kit.posted((c, scene) => sendAnother(step, c, scene)),
  );
  app.get(`${route}/resend`, (c) => seeOther(c, journey.address(c, "code")));
}

function showCode<View extends WithCode, Refusal extends string, Confirmed extends object>(
  { kit, journey, face }: CodeStep<View, Refusal, Confirmed>,
  c: Context,
  status: number,
  state: Partial<CodeState>,
): Promise<Response> {
  return journey.guarded(c, "code", (scene, view) => {
    const { code } = view;
    const props = code && { csrf: scene.csrf, code, ...untouched, ...state };
    const path = journey.address(c, "code");
    return props && kit.show(c, (words) => codeStepView(words, face(words, scene, view), props), { status, path });
  });
}

async function tryCode<View extends WithCode, Refusal extends string, Confirmed extends object>(
  step: CodeStep<View, Refusal, Confirmed>,
  c: Context,
  scene: Scene,
  form: Form,
): Promise<Response> {
  const { words } = scene;
  const read = readCode(words, form);
  if (read.mistake !== null) return showCode(step, c, 400, { mistakes: { code: read.mistake } });
  const confirmed = await step.confirm(c, scene, read.code);
  if (confirmed.ok) return step.confirmed(c, confirmed);
  const { refusal, triesLeft = 0 } = confirmed;
  return refusal === "code.wrong" && triesLeft > 0
    ? showCode(step, c, 422, { refusal: "code.wrong", mistakes: { code: words.code.wrong(triesLeft) } })
    : step.refused(c, scene, refusal);
}

async function sendAnother<View extends WithCode, Refusal extends string, Confirmed extends object>(
  step: CodeStep<View, Refusal, Confirmed>,
  c: Context,
  scene: Scene,
): Promise<Response> {
  const { words } = scene;
  const resent = await step.resend(c, scene);
  if (resent.ok) return seeOther(c, step.journey.address(c, "code"));
  const { refusal, until } = resent;
  if (refusal === "code.too-soon") return showCode(step, c, 422, { refusal: "code.too-soon", news: tooSoon(words, until) });
  if (refusal === "code.no-more") return showCode(step, c, 422, { refusal: "code.no-more", news: words.code.noMore });
  return step.refused(c, scene, refusal);
}

function tooSoon({ code, dates }: Words, until: Date | undefined): string {
  return until ? code.tooSoon(dates.timeFrom(until)) : code.tooSoonSoon;
}
