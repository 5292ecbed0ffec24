/** Where each step of an activation is shown, and what becomes of one that is elsewhere, refused or gone. */
import type { Hono } from "hono";
import type { Activation, ActivationRefusal, ActivationView, Applicant, ChannelName, Step } from "#core/activation";
import { createJourney, openEndings, seeOther, type End, type Journey, type Kit, type Scene } from "#sites/kit";
import { channelPaths, endings, type ChannelPaths } from "./channels.ts";
import { paths } from "./paths.ts";
import { activationRefusedView } from "./refused.view.ts";

/** Whoever posted a form, and the activation that its page was about: in another window another person's may have begun. */
export function applicantOf({ visitor, about }: Scene): Applicant {
  return about === null ? visitor : { ...visitor, activation: about };
}

/** What the pages of a channel are made with. */
export interface ChannelSite {
  readonly kit: Kit;
  readonly activation: Activation;
  readonly channel: ChannelName;
  readonly paths: ChannelPaths;
  readonly journey: Journey<Step, ActivationView, ActivationRefusal>;
  readonly end: End<ActivationRefusal>;
}

/** Opens the endings, which all channels share, and gives what the pages of each are made with. */
export function openChannels(app: Hono, kit: Kit, activation: Activation): (channel: ChannelName) => ChannelSite {
  const end = openEndings(app, kit, { path: paths.refused, endings, view: activationRefusedView });
  return (channel) => {
    const { start, pages } = channelPaths[channel];
    const journey = createJourney<Step, ActivationView, ActivationRefusal>(kit, {
      load: (_c, { visitor }) => activation.view(visitor),
      address: (_c, step) => pages[step],
      placeOf: (_c, view) => channelPaths[view.channel].pages[view.step],
      about: (view) => view.id,
      gone: "activation.gone",
      outOfStep: "activation.out-of-step",
      missing: (c) => seeOther(c, start),
      refused: (c, _scene, refusal) => end(c, refusal),
    });
    return { kit, activation, channel, paths: channelPaths[channel], journey, end };
  };
}
