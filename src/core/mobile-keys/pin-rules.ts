/** Which PINs may be chosen (docs/law.md#pin-choice). Data to be read: one row a reason. */

export type PinWeakness =
  "pin.length" | "pin.repeats" | "pin.run" | "pin.birth-date" | "pin.phone" | "pin.document" | "pin.common" | "pin.temporary";

/** What a guesser may know of the person: `numbers` of their documents, with or without other signs. */
export interface Guessable {
  /** "YYYY-MM-DD" */
  readonly birthDate: string;
  readonly phone: string;
  readonly numbers: readonly string[];
}

const weaknesses: readonly (readonly [PinWeakness, (pin: string, guessable: Guessable) => boolean])[] = [
  ["pin.length", (pin) => !/^\d{4,8}$/.test(pin)],
  ["pin.repeats", isRepeating],
  ["pin.run", isRun],
  ["pin.birth-date", (pin, { birthDate }) => birthDateForms(birthDate).some((form) => form.includes(pin) || pin === form)],
  ["pin.phone", (pin, { phone }) => digitsOf(phone).includes(pin)],
  ["pin.document", (pin, { numbers }) => numbers.some((number) => digitsOf(number).includes(pin))],
  ["pin.common", (pin) => isCommon(pin)],
];

export function judgePin(pin: string, guessable: Guessable): PinWeakness | null {
  return weaknesses.find(([, isWeak]) => isWeak(pin, guessable))?.[0] ?? null;
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}

/** One digit, or a group of digits, over and over: 7777, 1212, 123123. */
function isRepeating(pin: string): boolean {
  return [1, 2, 3, 4].some(
    (size) => size < pin.length && pin.length % size === 0 && pin === pin.slice(0, size).repeat(pin.length / size),
  );
}

/** Each digit the next or the one before, around zero too: 1234, 8765, 7890. */
function isRun(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, index) => (Number(digit) - Number(pin[index]) + 10) % 10));
  return steps.size === 1 && (steps.has(1) || steps.has(9));
}

/** The ways in which people write a date as digits. */
function birthDateForms(birthDate: string): string[] {
  const [year = "", month = "", dayOfMonth = ""] = birthDate.split("-");
  const short = year.slice(2);
  return [
    dayOfMonth + month + year,
    dayOfMonth + month + short,
    year + month + dayOfMonth,
    short + month + dayOfMonth,
    month + dayOfMonth + year,
    month + dayOfMonth + short,
    month + year,
    month + short,
    short + month,
    year + month,
    short + dayOfMonth,
  ];
}

/**
 * The commonest thousand, by the patterns that make them common in published counts of leaked PINs: years of living people,
 * days of the calendar, couplets, keypad figures and cultural numbers.
 */
function isCommon(pin: string): boolean {
  return isYear(pin) || isDate(pin) || isCouplet(pin) || isPalindrome(pin) || famous.has(pin);
}

const isYear = (pin: string) => pin.length === 4 && Number(pin) >= 1900 && Number(pin) <= 2039;

function isDate(pin: string): boolean {
  if (pin.length !== 4) return false;
  const [first, second] = [Number(pin.slice(0, 2)), Number(pin.slice(2))];
  const isDayMonth = (dayOfMonth: number, month: number) => dayOfMonth >= 1 && dayOfMonth <= 31 && month >= 1 && month <= 12;
  return isDayMonth(first, second) || isDayMonth(second, first);
}

/** 1122, 112233 */
const isCouplet = (pin: string) => pin.length % 2 === 0 && /^(?:(\d)\1)+$/.test(pin);

/** 1221, 123321 */
const isPalindrome = (pin: string) => pin === [...pin].toReversed().join("");

const famous = new Set([
  ..."2580 0852 1470 0741 3690 0963 1590 1593 7410 1478 3698 8520 9630 7531 1357 2468 1379 9713 7139 3179 4862 2486".split(" "),
  ..."1004 6969 4200 0420 1701 5150 8675 1984 2112 1812 1492 1974 0007 0070 4321 1230 1235 1236 1342 2345 0911 9110".split(" "),
  ..."147258 258369 147852 159753 159357 357159 963852 741852 789456 456123 321654 654321 123654 147369 258012 135790".split(
    " ",
  ),
  ..."12345679 14725836 25836914 11223344 12344321 13579246 24681357 98765431 10203040 15935748 12301230 78945612".split(" "),
]);
