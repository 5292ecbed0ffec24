import PDFDocument from "pdfkit";
import type { PinLetter } from "#core/messages";
import { dataMatrix } from "./data-matrix.ts";
import { fontFile, runsOf } from "./fonts.ts";
import type { Weight } from "./fonts.ts";
import type { LetterLanguages, LetterWords } from "./letter-words.ts";

type Sheet = InstanceType<typeof PDFDocument>;

interface TextStyle {
  readonly size: number;
  readonly weight?: Weight;
  readonly colour?: string;
  readonly width?: number;
  readonly spacing?: number;
}

const INK = "#15191e";
const QUIET = "#4c5560";
const LEFT = 20;
const WIDTH = 170;
/** DL envelope with the window at the right, as Portuguese post takes it: 110 x 47 mm, all of it above the first fold. */
const WINDOW = { left: 90, top: 45, width: 110, height: 47 };
const FOLDS = [99, 198];
const MOST_ADDRESS_LINES = 7;
const PANEL = { top: 123, height: 42.5, pin: { left: 26, width: 80 } };

/**
 * One letter on one A4 sheet. The same letter gives the same octets, so that a retry can be compared with what was taken.
 * @param sandbox prints across the sheet that nothing here is real.
 */
export function composeLetter(
  letter: PinLetter,
  words: LetterLanguages,
  options: { readonly sandbox: boolean },
): Promise<Buffer> {
  const { pt } = words;
  const info = {
    Title: pt.title,
    Author: pt.product,
    Producer: pt.product,
    Creator: pt.product,
    CreationDate: letter.requestedAt,
  };
  const sheet = new PDFDocument({ size: "A4", margin: 0, lang: pt.language, displayTitle: true, info, font: "" });
  const octets = collect(sheet);
  if (options.sandbox) drawStamp(sheet);
  drawHead(sheet, letter, pt);
  drawAddress(sheet, letter);
  drawFolds(sheet);
  let y = drawTitle(sheet, pt, { top: 104, size: 14 });
  drawPanel(sheet, letter, words);
  y = drawGuide(sheet, letter, pt, { top: PANEL.top + PANEL.height + 4, size: 9.5 });
  drawLine(sheet, y + 1.5);
  y = drawTitle(sheet, words.en, { top: y + 4, size: 11.5 });
  drawGuide(sheet, letter, words.en, { top: y + 1, size: 9 });
  sheet.end();
  return octets;
}

function collect(sheet: Sheet): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    sheet.on("data", (chunk: Buffer) => chunks.push(chunk));
    sheet.on("end", () => resolve(Buffer.concat(chunks)));
    sheet.on("error", reject);
  });
}

function drawHead(sheet: Sheet, letter: PinLetter, pt: LetterWords): void {
  drawKey(sheet, LEFT, 16);
  write(sheet, pt.product, LEFT + 16, 15.5, { size: 20, weight: 700 });
  const rows = [
    [pt.reference, letter.reference],
    [pt.requested, pt.date(letter.requestedAt)],
  ];
  let y = 45;
  for (const [label = "", value = ""] of rows) {
    write(sheet, label, LEFT, y, { size: 8, colour: QUIET });
    y = write(sheet, value, LEFT, y + 3.6, { size: 9.5, weight: 700, width: 62 }) + 2;
  }
  drawMatrix(sheet, letter.reference, LEFT, Math.max(y + 1, 72));
}

/** Nothing but name and address may show through the window. */
function drawAddress(sheet: Sheet, letter: PinLetter): void {
  let y = WINDOW.top + 8;
  for (const line of [letter.name, ...letter.addressLines].slice(0, MOST_ADDRESS_LINES)) {
    y = write(sheet, line, WINDOW.left + 10, y, { size: 10.5, width: WINDOW.width - 20 });
  }
}

function drawTitle(sheet: Sheet, words: LetterWords, at: { top: number; size: number }): number {
  const below = write(sheet, words.title, LEFT, at.top, { size: at.size, weight: 700, width: WIDTH });
  return write(sheet, words.intro, LEFT, below + 0.5, { size: 9.5, width: WIDTH });
}

/** Printed under the opaque panel of pressure-seal stock: the screen hides the digits from light held behind the paper. */
function drawPanel(sheet: Sheet, letter: PinLetter, words: LetterLanguages): void {
  const { top, height, pin } = PANEL;
  sheet.save().roundedRect(mm(LEFT), mm(top), mm(WIDTH), mm(height), mm(2)).fill("#f2f4f6").restore();
  drawScreen(sheet, { left: LEFT, top, width: pin.left + pin.width - LEFT + 6, height }, "#8b97a5");
  sheet.roundedRect(mm(LEFT), mm(top), mm(WIDTH), mm(height), mm(2)).lineWidth(0.8).stroke(INK);
  sheet.roundedRect(mm(pin.left), mm(top + 5), mm(pin.width), mm(height - 10), mm(1.5)).fill("#ffffff");
  drawScreen(sheet, { left: pin.left, top: top + 5, width: pin.width, height: height - 10 }, "#d9dee4");
  write(sheet, `${words.pt.temporaryPin} / ${words.en.temporaryPin}`, pin.left + 4, top + 8, {
    size: 10,
    weight: 700,
    width: pin.width - 8,
  });
  write(sheet, letter.temporaryPin, pin.left + 4, top + 13, { size: 28, weight: 700, spacing: 2 });
  drawFacts(sheet, letter, words);
}

/** Above and below the height of the digits: who reads the sheet line by line finds them on a line of their own. */
function drawFacts(sheet: Sheet, letter: PinLetter, { pt, en }: LetterLanguages): void {
  const left = PANEL.pin.left + PANEL.pin.width + 12;
  const width = LEFT + WIDTH - left - 4;
  const label = { size: 8, colour: QUIET, width };
  const value = { size: 10.5, weight: 700, width } as const;
  let y = write(sheet, `${pt.phone} / ${en.phone}`, left, PANEL.top + 5, label);
  write(sheet, letter.maskedPhone, left, y, value);
  y = write(sheet, `${pt.expires} / ${en.expires}`, left, PANEL.top + 27, label);
  y = write(sheet, pt.date(letter.expiresAt), left, y, value);
  write(sheet, en.date(letter.expiresAt), left, y, { size: 9.5, width });
}

function drawGuide(sheet: Sheet, letter: PinLetter, words: LetterWords, at: { top: number; size: number }): number {
  const text = { size: at.size, width: WIDTH - 7 };
  let y = at.top;
  for (const [index, step] of words.steps(letter.maskedPhone).entries()) {
    write(sheet, `${index + 1}.`, LEFT, y, { size: at.size, weight: 700 });
    y = write(sheet, step, LEFT + 7, y, text) + 0.8;
  }
  y = write(sheet, words.notYou, LEFT, y + 1.5, { size: at.size, weight: 700, width: WIDTH });
  y = write(sheet, words.notYouAdvice(words.date(letter.expiresAt)), LEFT, y, { size: at.size, width: WIDTH });
  return write(sheet, words.warning, LEFT, y + 1, { size: at.size, weight: 700, width: WIDTH });
}

/** Writes one paragraph and answers where the next may begin, in millimetres. */
function write(sheet: Sheet, text: string, x: number, y: number, style: TextStyle): number {
  const runs = runsOf(text, style.weight ?? 400);
  const width = style.width === undefined ? {} : { width: mm(style.width) };
  sheet.fillColor(style.colour ?? INK).fontSize(style.size);
  for (const [index, run] of runs.entries()) {
    useFont(sheet, run.font);
    const more = { ...width, continued: index < runs.length - 1, characterSpacing: style.spacing ?? 0, lineGap: 0.5 };
    if (index === 0) sheet.text(run.text, mm(x), mm(y), more);
    else sheet.text(run.text, more);
  }
  return (sheet.y * 25.4) / 72;
}

const registered = new WeakMap<Sheet, Set<string>>();

function useFont(sheet: Sheet, font: string): void {
  const fonts = registered.get(sheet) ?? new Set();
  registered.set(sheet, fonts);
  if (!fonts.has(font)) sheet.registerFont(font, fontFile(font));
  fonts.add(font);
  sheet.font(font);
}

/** Waves that cross: no two spots alike, and vector lines, so that whoever reads the text of the sheet finds the digits alone. */
function drawScreen(sheet: Sheet, area: { left: number; top: number; width: number; height: number }, colour: string): void {
  sheet.save().roundedRect(mm(area.left), mm(area.top), mm(area.width), mm(area.height), mm(2)).clip();
  sheet.lineWidth(0.35).strokeColor(colour);
  for (let wave = -6; wave < area.height + 6; wave += 1.3) {
    for (const turn of [1, -1]) {
      sheet.moveTo(mm(area.left), mm(area.top + wave));
      for (let x = 0; x <= area.width; x += 1.5) {
        const y = wave + turn * (2.2 * Math.sin(x / 4.1 + wave) + 1.1 * Math.sin(x / 1.7 - wave * 0.6));
        sheet.lineTo(mm(area.left + x), mm(area.top + y));
      }
    }
  }
  sheet.stroke().restore();
}

function drawKey(sheet: Sheet, x: number, y: number): void {
  sheet.save().lineWidth(mm(1.3)).strokeColor(INK).lineCap("round");
  sheet.circle(mm(x + 3.6), mm(y + 4), mm(2.8)).stroke();
  sheet
    .moveTo(mm(x + 6.6), mm(y + 4))
    .lineTo(mm(x + 13), mm(y + 4))
    .lineTo(mm(x + 13), mm(y + 6.6))
    .stroke();
  sheet
    .moveTo(mm(x + 10.2), mm(y + 4))
    .lineTo(mm(x + 10.2), mm(y + 6))
    .stroke();
  sheet.restore();
}

function drawMatrix(sheet: Sheet, reference: string, x: number, y: number): void {
  const { size, dark } = dataMatrix(reference);
  const module = 14 / size;
  for (const [column, row] of dark) sheet.rect(mm(x + column * module), mm(y + row * module), mm(module), mm(module));
  sheet.fill("#000000");
}

function drawFolds(sheet: Sheet): void {
  for (const y of FOLDS) sheet.moveTo(mm(4), mm(y)).lineTo(mm(9), mm(y)).lineWidth(0.4).stroke(QUIET);
}

function drawLine(sheet: Sheet, y: number): void {
  sheet
    .moveTo(mm(LEFT), mm(y))
    .lineTo(mm(LEFT + WIDTH), mm(y))
    .lineWidth(0.5)
    .stroke("#b4bcc5");
}

function drawStamp(sheet: Sheet): void {
  sheet.save().rect(0, 0, mm(210), mm(9)).clip();
  for (let x = -10; x < 220; x += 8) {
    sheet.polygon([mm(x), mm(9)], [mm(x + 4), mm(9)], [mm(x + 13), 0], [mm(x + 9), 0]).fill("#ffd84d");
  }
  sheet.restore();
  sheet.rect(mm(84), mm(1.5), mm(42), mm(6)).fill("#ffffff");
  write(sheet, "SANDBOX", 94, 2.1, { size: 11, weight: 700 });
}

function mm(millimetres: number): number {
  return (millimetres * 72) / 25.4;
}
