/** What a person does in this channel alone: goes to the tax authority, and comes back with number and name (docs/law.md#tax-authority). */
import { reached } from "#platform/faults";
import { done, refused } from "#platform/outcome";
import type { Applicant } from "../../common.ts";
import { begin as beginIn, end, identifiedAs, takeMemory, whyNotTaken } from "../../under-way.ts";
import type { ChannelNeeds } from "../channel.ts";
import type { TaxLetterSteps } from "./contract.ts";
import { judgeNamed } from "./judge-named.ts";
import { endSpent } from "./letters.ts";

const channel = "tax-letter";

export async function begin({ floor, people }: ChannelNeeds, applicant: Applicant): ReturnType<TaxLetterSteps["begin"]> {
  const begun = await reached(people.taxAuthority.begin());
  if (!begun) return refused("tax-authority.unavailable");
  await beginIn(floor, channel, applicant, begun.answer.memory);
  return { ...done, url: begun.answer.url };
}

export async function identify(
  needs: ChannelNeeds,
  applicant: Applicant,
  query: string,
): ReturnType<TaxLetterSteps["identify"]> {
  const { floor, people } = needs;
  const taken = await takeMemory(floor, channel, applicant);
  if (!taken) return whyNotTaken(floor, applicant);
  const told = await reached(people.taxAuthority.finish(query, taken.memory));
  if (!told) return end(floor, taken.id, "tax-authority.unavailable");
  const { answer } = told;
  if (answer.outcome !== "identified") return end(floor, taken.id, `tax-authority.${answer.outcome}`);
  return identifiedBy(needs, taken.id, answer);
}

/** `name`: as the tax authority told it, which must be the registry's too. */
async function identifiedBy(
  needs: ChannelNeeds,
  id: string,
  { taxNumber, name }: { taxNumber: string; name: string },
): ReturnType<TaxLetterSteps["identify"]> {
  const { floor, people } = needs;
  const found = await reached(people.registry.findByTaxNumber(taxNumber));
  if (!found) return end(floor, id, "registry.unavailable");
  const { answer: person } = found;
  if (!person) return end(floor, id, "person.unknown");
  // First of all, for a letter that can serve no more is no reason to say no.
  await endSpent(needs);
  const refusal = await judgeNamed(needs, person, name);
  return refusal ? end(floor, id, refusal) : identifiedAs(floor, id, person, "contact");
}
