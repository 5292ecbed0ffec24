/** What the card's holder does alone: shows the card, agrees to what was read, and lets the key they have be replaced. */
import type { CardFailure, CardProof, CardPurpose } from "#core/citizen-cards";
import { done, refused } from "#platform/outcome";
import type { Applicant } from "../../common.ts";
import { at, begin as beginIn, end, identifiedAs, load, moveTo, takeMemory, whyNotTaken } from "../../under-way.ts";
import type { ChannelNeeds } from "../channel.ts";
import type { CitizenCardSteps, Decision } from "./contract.ts";
import { judgeCardHolder } from "./eligibility.ts";

type Needs = Pick<ChannelNeeds, "floor" | "people" | "keys">;
type Answer<Step extends keyof CitizenCardSteps> = ReturnType<CitizenCardSteps[Step]>;

const channel = "citizen-card";

/** `id`: of the activation; "" where none is under way, so that no answer fits. */
const purposeOf = ({ session }: Applicant, id: string): CardPurpose => ({ session, act: "activation", subject: id });

/** Nothing needs to be remembered while the card is asked: that there is a memory says that it was not answered yet. */
export const begin = ({ floor }: Needs, applicant: Applicant): Promise<void> => beginIn(floor, channel, applicant, "");

export async function ask({ floor, people }: Needs, applicant: Applicant, returnTo: string): Answer<"ask"> {
  const row = await load(floor, applicant);
  if (row?.channel !== channel) return refused("activation.gone");
  if (row.step !== "identify") return refused("activation.out-of-step");
  return { ...done, question: await people.cards.ask(purposeOf(applicant, row.id), returnTo) };
}

export async function identify({ floor, people }: Needs, applicant: Applicant, proof: CardProof): Answer<"identify"> {
  const { cards } = people;
  const taken = await takeMemory(floor, channel, applicant);
  if (!taken) {
    // Spent all the same: what turns up where it was not asked for serves nowhere any more.
    await cards.identifyByCard(purposeOf(applicant, ""), proof);
    return whyNotTaken(floor, applicant);
  }
  const shown = await cards.identifyByCard(purposeOf(applicant, taken.id), proof);
  if (!shown.ok) return end(floor, taken.id, shown.refusal);
  const refusal = judgeCardHolder(shown.person, floor.clock.now());
  return refusal ? end(floor, taken.id, refusal) : identifiedAs(floor, taken.id, shown.person, "consent");
}

export async function fail({ floor }: Needs, applicant: Applicant, failure: CardFailure | "card.absent"): Promise<void> {
  const row = await load(floor, applicant);
  if (row?.channel === channel && row.step === "identify") await end(floor, row.id, failure);
}

export async function agree({ floor, people, keys }: Needs, applicant: Applicant, decision: Decision): Answer<"agree"> {
  const found = await at(floor, "consent", applicant);
  if (!found.ok) return found;
  const { row, file } = found;
  if (decision === "refuse") return end(floor, row.id, "consent.refused");
  const citizenId = await people.citizens.idOf(file.person.civilId);
  const living = citizenId === null ? null : await keys.living(citizenId);
  const agreed = { ...file, consentAt: floor.clock.now().toISOString(), replaces: living?.id ?? null };
  return moveTo(floor, living ? "replace" : "contact", row, agreed);
}

export async function replace({ floor }: Needs, applicant: Applicant, decision: Decision): Answer<"replace"> {
  const found = await at(floor, "replace", applicant);
  if (!found.ok) return found;
  if (decision === "refuse") return end(floor, found.row.id, "key.kept");
  return moveTo(floor, "contact", found.row, found.file);
}
