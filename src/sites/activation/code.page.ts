import type { Hono } from "hono";
import { codeStepPages, seeOther } from "#sites/kit";
import { codeFace } from "./code.view.ts";
import { applicantOf, type ChannelSite } from "./journey.ts";

export function codePages(app: Hono, { kit, activation, channel, paths: { pages }, journey }: ChannelSite): void {
  codeStepPages(app, {
    kit,
    journey,
    route: pages.code,
    face: (words) => codeFace(words, channel),
    confirm: (_c, scene, code) => activation.confirm(applicantOf(scene), code),
    resend: (_c, scene) => activation.resend(applicantOf(scene)),
    confirmed: (c) => seeOther(c, pages.done),
    refused: journey.settle,
  });
}
