import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { letterEn } from "../../words/letter.en.ts";
import { letterPt } from "../../words/letter.pt.ts";
import { composeLetter } from "./letter.ts";

const words = { pt: letterPt, en: letterEn };
const letter = {
  reference: "CH-7KQ2-M9XD",
  civilId: "99999001",
  name: "Inês Exemplo Łąkowska Χρήστος",
  addressLines: ["Rua das Amendoeiras, n.º 12, 3.º esquerdo", "0000-123 VILA EXEMPLO"],
  temporaryPin: "40718263",
  maskedPhone: "+351 ••• ••• 678",
  requestedAt: new Date("2026-11-23T10:00:00Z"),
  expiresAt: new Date("2026-12-23T10:00:00Z"),
};
const sandbox = { sandbox: true };

async function fileOf(options = sandbox): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), "chave-letter-")), "letter.pdf");
  writeFileSync(file, await composeLetter(letter, words, options));
  return file;
}

const run = (program: string, ...parameters: string[]) => execFileSync(program, parameters, { encoding: "utf8" });
const textOf = (file: string, ...options: string[]) => run("pdftotext", ...options, file, "-").normalize("NFC");

test("the temporary PIN stands on a line of its own after its name in both languages", async () => {
  assert.match(textOf(await fileOf()), /PIN temporário \/ Temporary PIN\s*\n\s*40718263\s*\n/);
});

test("it stands alone also for who reads the sheet line by line", async () => {
  assert.match(textOf(await fileOf(), "-layout"), /^ *40718263 *$/m);
});

test("the letter says everything a person needs, in Portuguese first", async () => {
  const text = textOf(await fileOf()).replace(/\s+/g, " ");
  const wanted = [letter.name, letter.reference, letter.maskedPhone, ...letter.addressLines];
  for (const part of [
    ...wanted,
    "23 de novembro de 2026",
    "23 de dezembro de 2026",
    "23 December 2026",
    letterPt.notYou,
    letterEn.notYou,
  ]) {
    assert.ok(text.includes(part), part);
  }
  assert.ok(text.indexOf(letterPt.title) < text.indexOf(letterEn.title));
});

test("it carries no link, and not the civil number", async () => {
  const file = await fileOf();
  assert.doesNotMatch(textOf(file), /https?:|www\.|\.pt\b|99999001/);
  assert.doesNotMatch(run("qpdf", "--qdf", "--stream-data=uncompress", file, "-"), /\/URI/);
});

test("it is one sound page, whose information does not betray the PIN", async () => {
  const file = await fileOf();
  run("qpdf", "--check", file);
  assert.equal(run("qpdf", "--show-npages", file).trim(), "1");
  assert.doesNotMatch(run("pdfinfo", file), /40718263/);
});

test("the same letter gives the same octets", async () => {
  const [one, other] = await Promise.all([composeLetter(letter, words, sandbox), composeLetter(letter, words, sandbox)]);
  assert.ok(one.equals(other));
});

test("only the sandbox's letters are stamped so", async () => {
  assert.match(textOf(await fileOf()), /SANDBOX/);
  assert.doesNotMatch(textOf(await fileOf({ sandbox: false })), /SANDBOX/);
});
