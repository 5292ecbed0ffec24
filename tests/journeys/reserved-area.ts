/** In and out of the reserved area by plain HTTP, and the way to a new PIN for a locked key. */
import assert from "node:assert/strict";
import { cardOf, throughDoor } from "./card-in-hand.ts";
import { codeIn, newPerson, nextSms, smsSeen, type Person, type Place, type RunningCountry } from "./country.ts";
import { identifyAndGetCode } from "./story.ts";
import { createVisitor, type Visitor } from "./visitor.ts";

interface Ground {
  readonly country: RunningCountry;
  readonly place: Place;
}

export function at(visitor: Visitor, name: string): void {
  assert.equal(visitor.page.name, name, visitor.page.text);
}

/** What the phone gets after that. */
export async function codeAfter(country: RunningCountry, { phone }: Person, act: () => Promise<unknown>): Promise<string> {
  const seen = await smsSeen(country, phone);
  await act();
  return codeIn(await nextSms(country, phone, seen));
}

/** `ground`: asked when it is walked on, for a country is started after the walks are known. */
export function walks(ground: () => Ground) {
  const go = (visitor: Visitor, path: string) => visitor.go(ground().country.url + path);
  const codeTo = (person: Person, act: () => Promise<unknown>) => codeAfter(ground().country, person, act);

  /** Somebody with a key, made with the card. */
  async function withKey(pin: string): Promise<Person> {
    const [person, visitor] = [await newPerson(ground().country), createVisitor()];
    await go(visitor, "/activate/citizen-card");
    await visitor.submit({});
    await throughDoor(visitor, await cardOf(ground(), person));
    await visitor.submit({ decision: "authorise" });
    const fields = { phone: person.phone, pin_new: pin, pin_repeat: pin };
    await visitor.submit({ code: await codeTo(person, () => visitor.submit(fields)) });
    at(visitor, "activation-done");
    return person;
  }

  /** Three wrong codes after a right PIN. */
  async function withLockedKey(pin: string): Promise<Person> {
    const [person, visitor] = [await withKey(pin), createVisitor()];
    const code = await identifyAndGetCode(ground().country, visitor, person.phone, pin);
    for (const _ of [1, 2, 3]) await visitor.submit({ code: code === "000000" ? "000001" : "000000" });
    at(visitor, "sign-in-ended");
    return person;
  }

  /** In the reserved area by the tab of the card. */
  async function enterByCard(visitor: Visitor, person: Person): Promise<void> {
    await go(visitor, "/reserved-area");
    if (visitor.page.name === "sign-in-identify") await visitor.go(visitor.page.url.replace(/\/identify.*$/, "/card"));
    at(visitor, "sign-in-card");
    await throughDoor(visitor, await cardOf(ground(), person));
    at(visitor, "reserved-area");
  }

  async function enterByKey(visitor: Visitor, person: Person, pin: string): Promise<void> {
    await go(visitor, "/reserved-area");
    at(visitor, "sign-in-identify");
    await visitor.submit({ code: await codeTo(person, () => visitor.submit({ phone: person.phone, pin })) });
    at(visitor, "reserved-area");
  }

  /** To the page on which the code is typed; the code. */
  async function reachUnblockCode(visitor: Visitor, person: Person, pin: string): Promise<string> {
    await go(visitor, "/reserved-area/unblock");
    at(visitor, "unblock-pin");
    const code = await codeTo(person, () => visitor.submit({ pin_new: pin, pin_repeat: pin }));
    at(visitor, "unblock-code");
    return code;
  }

  return { withKey, withLockedKey, enterByCard, enterByKey, reachUnblockCode };
}
