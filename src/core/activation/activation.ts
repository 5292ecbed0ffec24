/** The steps that all channels have in common, and the channels beside them. */
import type { Language } from "#core/vocabulary";
import { maskedPhone } from "#core/messages";
import type { FreshCode } from "#core/one-time-codes";
import { untilShort } from "#platform/batches";
import { bind } from "#platform/bind";
import type { JobKinds } from "#platform/jobs";
import { done, refused } from "#platform/outcome";
import { channelNamed, openChannels, stepsOf } from "./channels/channels.ts";
import type { Applicant, Contact } from "./common.ts";
import type { Activation } from "./contract.ts";
import { confirm, subjectOf } from "./confirming.ts";
import type { ActivationNeeds, Needs } from "./needs.ts";
import * as store from "./store.ts";
import { after, at, end, figures, fileOf, load, sealFile } from "./under-way.ts";

/** With what belongs to the process and to no person: its jobs, and the sweeping away of what is over. */
export interface CreatedActivation extends Activation {
  readonly jobKinds: JobKinds;
  purge(): Promise<void>;
}

export function createActivation(needs: ActivationNeeds): CreatedActivation {
  const channels = openChannels(needs);
  const steps = bind({ ...needs, channels }, { view, giveContact, resend, confirm, cancel, purge });
  const jobKinds = Object.values(channels).flatMap((channel) => Object.entries(channel.jobKinds));
  return { ...steps, channels: stepsOf(channels), jobKinds: Object.fromEntries(jobKinds) };
}

async function view({ floor, codes, channels }: Needs, applicant: Applicant): ReturnType<Activation["view"]> {
  const row = await load(floor, applicant);
  if (!row) return refused("activation.gone");
  const { id, step, code } = row;
  const file = await fileOf(floor, row);
  const { name, channel } = channelNamed(channels, row.channel);
  const view = {
    ...{ id, channel: name, step, givenNames: file?.person.givenNames ?? "" },
    ...{ code: code && codes.standing(code), shown: await channel.show(row, file) },
  };
  return { ...done, view };
}

/** Verdicts before spending: what was chosen is judged first, then the budget of messages, and the code is drawn last. */
async function giveContact(needs: Needs, applicant: Applicant, contact: Contact): ReturnType<Activation["giveContact"]> {
  const { floor, codes, messages, channels } = needs;
  const found = await at(floor, "contact", applicant);
  if (!found.ok) return found;
  const { row, file } = found;
  const { phone, email } = contact;
  const chosen = await channelNamed(channels, row.channel).channel.choose(file, contact);
  if (!chosen.ok) return chosen;
  if (!(await messages.admitCode({ phone, address: applicant.address }))) return end(floor, row.id, "sms.too-many");
  const consentAt = file.consentAt ?? floor.clock.now().toISOString();
  const given = await sealFile(floor, row.id, { ...file, contact: { phone, email }, consentAt, choice: chosen.choice });
  const { fresh, record } = await codes.draw("activation", subjectOf(row.id));
  const code = { ...record, maskedPhone: maskedPhone(phone) };
  const move = { from: row.step, applicant: given, expiresAt: after(floor, figures.lives) };
  return floor.db.transaction(async () => {
    if (!(await store.moveToCode(floor.db, row.id, move, code))) return refused("activation.out-of-step");
    await sendCode(needs, phone, applicant.language, fresh);
    return done;
  });
}

async function resend(needs: Needs, applicant: Applicant): ReturnType<Activation["resend"]> {
  const { floor, codes, messages } = needs;
  const found = await at(floor, "code", applicant);
  if (!found.ok) return found;
  const { id, code } = found.row;
  const phone = found.file.contact?.phone;
  if (!code || phone === undefined) return end(floor, id, "code.expired");
  const redrawn = await codes.redraw("activation", subjectOf(id), code);
  if (!redrawn.ok) return redrawn;
  if (!(await messages.admitCode({ phone, address: applicant.address }))) return end(floor, id, "sms.too-many");
  return floor.db.transaction(async () => {
    if (!(await store.replaceCode(floor.db, id, code, redrawn.record))) return refused("code.too-soon");
    await sendCode(needs, phone, applicant.language, redrawn.fresh);
    return done;
  });
}

function sendCode({ messages }: Needs, phone: string, language: Language, { digits, minutes, expiresAt }: FreshCode) {
  return messages.sendCode({ phone, language }, (words) => words.activationCode(digits, minutes), expiresAt);
}

async function cancel({ floor }: Needs, applicant: Applicant): Promise<void> {
  const row = await load(floor, applicant);
  if (row) await end(floor, row.id, "cancelled");
}

function purge({ floor: { db, clock } }: Needs): Promise<void> {
  return untilShort((limit) => store.purge(db, clock.now(), limit));
}
