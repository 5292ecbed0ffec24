/**
 * The form of the code in figures. Fails beyond the limits; `--print` shows the figures and what is longest. That nothing is too
 * long by itself is the lint's to say (`eslint.config.js`, which names the exceptions); here is what only the whole shows.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

interface Named {
  readonly name: string;
  readonly lines: number;
}

const root = join(import.meta.dirname, "..");
const MOST = { medianFunction: 6, medianFile: 65, overlooked: 0 };
const SHOWN = 10;

/** Of the product and its sandbox: functions that an outline shows, and files but for words, of which there are as many as people read. */
const functions: Named[] = [];
const files: Named[] = [];
/** Everywhere, tests too: `any`, and `!` after an expression, also where a comment would hush the lint. */
const overlooked: string[] = [];

for (const room of ["src", "tests", "scripts", "bench"])
  for (const file of globSync(`${room}/**/*.ts`, { cwd: root })) look(file);

const figures: readonly (readonly [what: string, found: number, most: number])[] = [
  ["median lines of a function", medianOf(functions), MOST.medianFunction],
  ["median lines of a file", medianOf(files), MOST.medianFile],
  ["`any` and `!`", overlooked.length, MOST.overlooked],
];
const beyond = figures.filter(([, found, most]) => found > most);

for (const [what, found, most] of process.argv.includes("--print") ? figures : beyond)
  console.log(`${what}: ${String(found)} (at most ${String(most)})`);
for (const place of overlooked) console.log(place);
if (process.argv.includes("--print")) for (const all of [functions, files]) showLongest(all);
process.exitCode = beyond.length === 0 ? 0 : 1;

function look(file: string): void {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true);
  const counts = file.startsWith("src/") && !/\.test\.ts$|\/words(?:\.|\/)/.test(file);
  if (counts) files.push({ name: file, lines: source.getLineStarts().length - 1 });
  const walk = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword || ts.isNonNullExpression(node)) overlooked.push(placeOf(node, source));
    const name = nameOf(node);
    if (counts && name !== undefined)
      functions.push({ name: `${placeOf(node, source)} ${name}`, lines: linesOf(node, source) });
    ts.forEachChild(node, walk);
  };
  walk(source);
}

/** Of a function with a body: its own name, or that of what it is kept in. Others are part of the function they stand in. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return node.body && node.name?.getText();
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return undefined;
  const { parent } = node;
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name.getText() : undefined;
}

function lineAt(position: number, source: ts.SourceFile): number {
  return source.getLineAndCharacterOfPosition(position).line + 1;
}

function linesOf(node: ts.Node, source: ts.SourceFile): number {
  return lineAt(node.end, source) - lineAt(node.getStart(), source) + 1;
}

function placeOf(node: ts.Node, source: ts.SourceFile): string {
  return `${source.fileName}:${String(lineAt(node.getStart(), source))}`;
}

function medianOf(all: readonly Named[]): number {
  return all.map(({ lines }) => lines).sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
}

function showLongest(all: readonly Named[]): void {
  console.log(`\nlongest of ${String(all.length)}:`);
  const longest = all.toSorted((a, b) => b.lines - a.lines).slice(0, SHOWN);
  for (const { name, lines } of longest) console.log(`${String(lines).padStart(5)}  ${name}`);
}
