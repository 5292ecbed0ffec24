import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { judgePin } from "./pin-rules.ts";
import type { PinWeakness } from "./pin-rules.ts";

const guessable = { birthDate: "1987-05-21", phone: "+351912345098", numbers: ["19648302", "284617593", "19648302 4 ZX7"] };

const weak: Readonly<Record<Exclude<PinWeakness, "pin.temporary">, readonly string[]>> = {
  "pin.length": ["", "739", "739164285", "73a1", "７３９１", "73 91", "-7391", "7391\n"],
  "pin.repeats": ["7777", "1212", "123123", "48484848", "73917391", "00000000"],
  "pin.run": ["1234", "8765", "7890", "0987", "34567", "98765432"],
  "pin.birth-date": ["210587", "21051987", "1987", "2105", "870521", "0521", "0587", "198705"],
  "pin.phone": ["4509", "5098", "91234509", "35191234"],
  "pin.document": ["6483", "8302", "284617", "17593"],
  "pin.common": ["2580", "1004", "1122", "1221", "112233", "123321", "1974", "2031", "3112", "0704", "147258", "159753"],
};

for (const [weakness, pins] of Object.entries(weak)) {
  for (const pin of pins)
    test(`${JSON.stringify(pin)} is refused: ${weakness}`, () => assert.equal(judgePin(pin, guessable), weakness));
}

for (const pin of ["7391", "739164", "50283", "8046273", "62840517"]) {
  test(`${pin} may be chosen`, () => assert.equal(judgePin(pin, guessable), null));
}

test("every repeat and every run is refused, whatever its digits", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 4, max: 8 }),
      fc.constantFrom(0, 1, 9),
      (first, length, step) => {
        const pin = Array.from({ length }, (_, index) => (first + index * step) % 10).join("");
        assert.ok(["pin.repeats", "pin.run"].includes(judgePin(pin, guessable) ?? ""));
      },
    ),
  );
});

test("about a tenth of all four-digit PINs are refused for anybody: far more than the commonest thousand would let through", () => {
  const nobody = { birthDate: "", phone: "", numbers: [] };
  const refused = Array.from({ length: 10_000 }, (_, pin) => judgePin(String(pin).padStart(4, "0"), nobody)).filter(
    Boolean,
  ).length;
  assert.ok(refused >= 800 && refused <= 2_000, String(refused));
});

test("a person without a tax number may choose as freely as others", () => {
  assert.equal(judgePin("7391", { ...guessable, numbers: ["19648302", ""] }), null);
});
