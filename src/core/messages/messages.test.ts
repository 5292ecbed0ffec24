import assert from "node:assert/strict";
import { test } from "node:test";
import { languages } from "#core/vocabulary";
import { messageCatalogue } from "#words";
import { openCoreWorld, somePhone } from "../../../tests/world/core-world.ts";
import { budgetRules } from "./budgets.ts";
import { maskedPhone } from "./masked-phone.ts";
import type { MessageWords } from "./words.ts";

const world = await openCoreWorld();

/** GSM 03.38, basic table: characters of its extension count twice and are not used. */
const gsm7 = /^[@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/;
const link = /https?:\/|www\.|\b[a-z0-9-]+\.(pt|com|org|net|gov|example|eu)\b/i;

const longestPortal = "Instituição da Ação Ótima — “Única” [até] às {ções} https ~ |Ω| de Todos os Balcões";
const reference = "CH-WWWW-WWWW";

const sentences: Readonly<
  Record<
    Exclude<keyof MessageWords, "emailSubject" | "emailCodeSubject" | "emailCode" | "emailClosing">,
    (words: MessageWords) => string
  >
> = {
  signInCode: (words) => words.signInCode("888888", longestPortal, 5),
  activationCode: (words) => words.activationCode("888888", 5),
  unblockCode: (words) => words.unblockCode("888888", 5),
  letterRequested: (words) => words.letterRequested(reference),
  letterDelivered: (words) => words.letterDelivered(reference),
  letterReturned: (words) => words.letterReturned(reference),
  letterExpired: (words) => words.letterExpired(reference),
  keyReplaced: (words) => words.keyReplaced(),
  keyActive: (words) => words.keyActive(),
  pinWait: (words) => words.pinWait(120),
  keyLocked: (words) => words.keyLocked(),
  keyUnblocked: (words) => words.keyUnblocked(),
  emailChanged: (words) => words.emailChanged(),
  emailRemoved: (words) => words.emailRemoved(),
  strangersClosed: (words) => words.strangersClosed(),
  temporaryPinVoid: (words) => words.temporaryPinVoid(),
  keyExpired: (words) => words.keyExpired(),
  keyNotActive: (words) => words.keyNotActive(),
  newBrowser: (words) => words.newBrowser(longestPortal),
};

for (const language of languages) {
  for (const [name, say] of Object.entries(sentences)) {
    test(`the SMS ${name} in ${language} is one part of plain letters without a link`, async () => {
      const phone = somePhone();
      if (name.endsWith("Code"))
        await world.messages.sendCode({ phone, language }, say, new Date(world.clock.now().getTime() + 300_000));
      else await world.messages.tell({ phone, email: null, language }, say);
      await world.runDue();
      const [text = "", ...others] = world.smsTo(phone);
      assert.equal(others.length, 0);
      const origin = "\n@chave.example #888888";
      assert.equal(text.endsWith(origin), name.endsWith("Code"));
      assert.match(text, gsm7);
      assert.ok(text.length <= 160, `${text.length} characters: ${text}`);
      assert.doesNotMatch(text.replace(origin, ""), link);
      if (!name.endsWith("Code")) assert.match(text, /Nunca enviamos links\.$|We never send links\.$/);
    });
  }

  test(`the code's SMS in ${language} says the act, the portal and how long it lives`, () => {
    const text = messageCatalogue[language].signInCode("123456", "Portal dos Impostos", 5);
    assert.match(text, /^123456 .*(ENTRAR|SIGN IN).*"Portal dos Impostos".*5 min/);
  });
}

test("no portal can put a link, or a code of its own, in front of the code", async () => {
  const phone = somePhone();
  const expiresAt = new Date(world.clock.now().getTime() + 300_000);
  await world.messages.sendCode(
    { phone, language: "pt" },
    (words) => words.signInCode("123456", "654321 https://www.evil.example", 5),
    expiresAt,
  );
  await world.runDue();
  const [text = ""] = world.smsTo(phone);
  assert.match(text, /^123456 [^]*#123456$/);
  assert.doesNotMatch(text.replace("@chave.example", ""), link);
});

test("every change is told to the phone and to the e-mail, once for each event", async () => {
  const contact = { phone: somePhone(), email: "benedita@people.example", language: "pt" } as const;
  for (let time = 0; time < 3; time++) await world.messages.tell(contact, (words) => words.keyActive(), "active once");
  await world.runDue();
  assert.equal(world.smsTo(contact.phone).length, 1);
  assert.equal(world.outside.heard.emails.filter(({ to }) => to === contact.email).length, 1);
});

test("a notice keeps its accents in the e-mail, and loses them in the SMS, which would need two parts", async () => {
  const contact = { phone: somePhone(), email: "benedito@people.example", language: "pt" } as const;
  await world.messages.tell(contact, (words) => words.keyUnblocked());
  await world.runDue();
  const email = world.outside.heard.emails.find(({ to }) => to === contact.email);
  assert.match(email?.text ?? "", /cartão de cidadão .* Se não foi você, vá já a um balcão\./);
  assert.match(world.smsTo(contact.phone)[0] ?? "", /cartao de cidadao .* Se nao foi voce, va ja a um balcao\./);
});

test("a code that nobody sent in time is not sent any more", async () => {
  const phone = somePhone();
  await world.messages.sendCode(
    { phone, language: "pt" },
    (words) => words.activationCode("123456", 5),
    new Date(world.clock.now().getTime() + 300_000),
  );
  world.clock.advance("PT5M");
  await world.runDue();
  assert.deepEqual(world.smsTo(phone), []);
});

test("what a stranger can provoke falls silent after five messages a day, and is told again the next", async () => {
  const contact = { phone: somePhone(), email: null, language: "pt" } as const;
  await Promise.all(
    Array.from({ length: 20 }, (_, time) => world.messages.warn(contact, (words) => words.keyLocked(), `provoked ${time}`)),
  );
  await world.runDue();
  assert.equal(world.smsTo(contact.phone).length, 5);
  world.clock.advance("P1D");
  await world.messages.warn(contact, (words) => words.keyLocked(), "provoked tomorrow");
  await world.runDue();
  assert.equal(world.smsTo(contact.phone).length, 6);
});

test("parallel requests cannot overdraw the codes of a number", async () => {
  const phone = somePhone();
  const asked = Array.from({ length: 40 }, (_, index) => world.messages.admitCode({ phone, address: `2001:db8:1::${index}` }));
  const admitted = (await Promise.all(asked)).filter(Boolean).length;
  assert.equal(admitted, budgetRules["code-per-number"].limit);
});

test("numbers of one address, and of an unusual prefix, have one budget", async () => {
  const fromOne = await Promise.all(
    Array.from({ length: 130 }, () => world.messages.admitCode({ phone: somePhone(), address: "2001:db8:2::1" })),
  );
  assert.equal(fromOne.filter(Boolean).length, budgetRules["code-per-address"].limit);
  const abroad = Array.from({ length: 210 }, (_, index) =>
    world.messages.admitCode({ phone: `+88213${index}`, address: `2001:db8:3::${index}` }),
  );
  assert.equal((await Promise.all(abroad)).filter(Boolean).length, budgetRules["code-unusual-prefix"].limit);
});

test("who goes on asking when their number has had its codes spends nothing of what a whole country shares", async () => {
  const pressing = { phone: "+47912345678", address: "192.0.2.47" };
  for (let press = 0; press < budgetRules["code-unusual-prefix"].limit; press++) await world.messages.admitCode(pressing);
  assert.equal(await world.messages.admitCode({ phone: "+47987654321", address: "192.0.2.48" }), true);
});

test("a budget is full again in the next window", async () => {
  const address = "2001:db8:4::1";
  await Promise.all(Array.from({ length: 300 }, () => world.messages.countMiss(address)));
  assert.equal(await world.messages.holdsOff(address), false);
  await world.messages.countMiss(address);
  assert.equal(await world.messages.holdsOff(address), true);
  world.clock.advance("PT10M");
  assert.equal(await world.messages.holdsOff(address), false);
});

test("no number, address or e-mail is in the tables in the clear", async () => {
  const contact = { phone: somePhone(), email: "clear@people.example", language: "pt" } as const;
  await world.messages.admitCode({ phone: contact.phone, address: "192.0.2.77" });
  await world.messages.tell(contact, (words) => words.keyActive());
  const kept = JSON.stringify([
    await world.db`select to_jsonb(b) from messages.budget b`,
    await world.db`select to_jsonb(j) from jobs.job j`,
  ]);
  for (const secret of [contact.phone, contact.email, "192.0.2.77"]) assert.equal(kept.includes(secret), false);
});

test("a masked phone shows its last three digits", () => {
  assert.equal(maskedPhone("+351912345567"), "+351 ••• ••• 567");
  assert.equal(maskedPhone("+447700900123"), "+••• ••• 123");
});
