/** Where each step of an activation is shown, and what becomes of one that is elsewhere, refused or gone. */
import type { Context } from "hono";
import type { Activation, ActivationRefusal, ActivationView, Applicant, ChannelName, Step } from "#core/activation";
import { elsewhere, marked, type Journey, type Kit, type Scene } from "#sites/kit";
import { activationRefusedView, endings } from "./refused.view.ts";

const journeyFrom = (start: string, identify: string): Journey<Step> => ({
  identify,
  consent: `${start}/consent`,
  replace: `${start}/replace`,
  contact: `${start}/contact`,
  code: `${start}/code`,
  done: `${start}/done`,
});

/** Each channel's own pages; those of a step it does not have are never reached. */
export const starts: Readonly<Record<ChannelName, string>> = {
  "tax-letter": "/activate/tax-authority",
  "citizen-card": "/activate/citizen-card",
};
const journeys: Readonly<Record<ChannelName, Journey<Step>>> = {
  "tax-letter": journeyFrom(starts["tax-letter"], starts["tax-letter"]),
  "citizen-card": journeyFrom(starts["citizen-card"], `${starts["citizen-card"]}/reader`),
};

/** Whoever posted a form, and the activation that its page was about: in another window another person's may have begun. */
export function applicantOf({ visitor, about }: Scene): Applicant {
  return about === null ? visitor : { ...visitor, activation: about };
}

export type ActivationJourney = ReturnType<typeof createActivationJourney>;

export function createActivationJourney(kit: Kit, activation: Activation, channel: ChannelName) {
  const start = starts[channel];
  const pages = journeys[channel];

  /** The seed's rule: any error ends it, wipes what was typed (core did), and offers only to start again. */
  function end(c: Context, refusal: ActivationRefusal, reference = kit.note({ refusal })): Response {
    const { status } = endings[refusal];
    return kit.show(c, (words) => activationRefusedView(words, { refusal, reference }), {
      status,
      // What was posted cannot be had again by a link; the explanation can.
      path: `/activate/refused/${refusal}`,
      ...(status === 503 && { headers: { "Retry-After": "60" } }),
    });
  }

  /** The back button, a double click or a second window did no harm: lead to where the activation stands. */
  async function settle(c: Context, scene: Scene, refusal: ActivationRefusal): Promise<Response> {
    const found = refusal === "activation.out-of-step" ? await activation.view(scene.visitor) : null;
    return found?.ok ? c.redirect(journeys[found.view.channel][found.view.step], 303) : end(c, refusal);
  }

  /** Loads what the page needs, or leads to the page of the step this activation is at. */
  async function guarded(
    c: Context,
    step: Step,
    show: (scene: Scene, view: ActivationView) => Response | Promise<Response>,
  ): Promise<Response> {
    const scene = await kit.scene(c);
    const found = await activation.view(scene.visitor);
    if (!found.ok) return c.redirect(start, 303);
    const other = elsewhere(journeys[found.view.channel], found.view.step, pages[step]);
    const { view } = found;
    return other === null ? show({ ...scene, csrf: marked(scene.csrf, view.id) }, view) : c.redirect(other, 303);
  }

  return { channel, start, pages, end, settle, guarded };
}
