/** The rules of the house that a machine can check. */
import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { openTestDatabase, projectRoot } from "./world/world.ts";

const sources = globSync("src/**/*.ts", { cwd: projectRoot });
const code = sources.filter((file) => !file.endsWith(".test.ts"));
const read = (file: string): string => readFileSync(join(projectRoot, file), "utf8");

interface Walls {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[];
  };
}

function cruise(folder: string, ...rooms: readonly string[]): Walls["summary"] {
  const program = join(projectRoot, "node_modules", ".bin", "depcruise");
  const words = ["--config", join(projectRoot, ".dependency-cruiser.cjs"), "--output-type", "json", ...rooms];
  const { stdout, stderr } = spawnSync(program, words, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.notEqual(stdout, "", stderr);
  return (JSON.parse(stdout) as Walls).summary; // The form of its report, as documented.
}

test("the walls are looked at in every file, and stand", () => {
  const { totalCruised, violations } = cruise(projectRoot, "src");
  // With a TypeScript it cannot use, the tool would look at nothing and find nothing wrong.
  assert.ok(totalCruised >= sources.length, `${String(totalCruised)} modules of ${String(sources.length)} files`);
  assert.deepEqual(
    violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`),
    [],
  );
});

const PLANTED = [
  ["src/platform/a.ts", "../core/x/index.ts", "platform-is-the-floor"],
  ["src/core/x/a.ts", "../../sites/s/a.ts", "core-knows-no-door"],
  ["src/core/x/b.ts", "../../gateways/g/index.ts", "core-knows-no-door"],
  ["src/core/x/c.ts", "hono", "core-knows-no-web"],
  ["src/core/x/d.ts", "node:http", "core-knows-no-web"],
  ["src/core/x/e.ts", "../y/inner.ts", "a-capability-is-entered-by-its-face"],
  ["src/core/x/f.ts", "#core/x", "a-face-is-for-others"],
  ["src/core/x/g.ts", "../../words/index.ts", "core-knows-no-door"],
  ["src/core/x/h.ts", "pg", "pg-has-one-home"],
  ["src/core/vocabulary/a.ts", "../x/index.ts", "vocabulary-is-the-bottom-of-core"],
  ["src/core/activation/channels/letter/a.ts", "../card/a.ts", "a-channel-stands-alone"],
  ["src/core/proofs/key/a.ts", "../card/a.ts", "a-proof-stands-alone"],
  ["src/core/acts/open/a.ts", "../close/a.ts", "an-act-stands-alone"],
  ["src/sites/s/a.ts", "../../core/y/inner.ts", "core-is-entered-by-its-faces"],
  ["src/sites/s/b.ts", "../t/a.ts", "a-site-stands-alone"],
  ["src/sites/s/c.ts", "../../protocols/p/index.ts", "a-site-stands-alone"],
  ["src/sites/s/d.ts", "#gateways/g", "doors-call-no-gateway"],
  ["src/sites/s/e.ts", "./words.pt.ts", "words-are-read-through-their-face"],
  ["src/sites/s/words.en.ts", "./a.ts", "words-are-made-of-words"],
  ["src/sites/s/words.fr.ts", "../t/words.pt.ts", "a-site-stands-alone"],
  ["src/protocols/p/a.ts", "../q/a.ts", "a-protocol-stands-alone"],
  ["src/gateways/g/a.ts", "../h/a.ts", "a-gateway-stands-alone"],
  ["src/gateways/g/b.ts", "../../sandbox/actor.ts", "the-sandbox-is-the-other-side"],
  ["src/gateways/g/c.ts", "../../app/core.ts", "app-is-the-top"],
  ["src/sites/s/outer.ts", "../../outside.ts", "app-is-the-top"],
  ["src/app/a.ts", "../main.ts", "nothing-stands-on-main"],
  ["src/app/b.ts", "../sandbox/actor.ts", "the-sandbox-is-the-other-side"],
  ["src/app/c.ts", "../core/y/inner.ts", "core-is-entered-by-its-faces"],
  ["src/outside.ts", "./app/core.ts", "outside-knows-no-role"],
  ["src/settings/a.ts", "../core/x/index.ts", "settings-are-made-of-slices"],
  ["src/settings/b.ts", "../app/core.ts", "app-is-the-top"],
  ["src/gateways/g/settings.ts", "../../core/x/index.ts", "a-slice-stands-on-the-floor"],
  ["src/gateways/g/i.ts", "../../settings/index.ts", "settings-are-handed-in"],
  ["src/gateways/g/d.ts", "./e.ts", "no-cycles"],
  ["src/gateways/g/f.ts", "./nowhere.ts", "nothing-unresolved"],
  ["src/gateways/g/h.ts", "fast-check", "tools-stay-outside"],
] as const;

const TARGETS = [
  ...["src/core/x/index.ts", "src/core/y/index.ts", "src/core/y/inner.ts", "src/sites/t/a.ts", "src/protocols/p/index.ts"],
  ...[
    "src/protocols/q/a.ts",
    "src/gateways/g/index.ts",
    "src/gateways/h/a.ts",
    "src/sandbox/actor.ts",
    "src/app/core.ts",
    "src/main.ts",
    "src/settings/index.ts",
    "src/words/index.ts",
    "src/sites/s/words.pt.ts",
    "src/sites/t/words.pt.ts",
    "src/core/activation/channels/card/a.ts",
    "src/core/proofs/card/a.ts",
    "src/core/acts/close/a.ts",
  ],
];

test("each forbidden import that is planted is caught, by the wall that is there for it", () => {
  const folder = mkdtempSync(join(tmpdir(), "chave-walls-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const name of ["package.json", "tsconfig.json"]) cpSync(join(projectRoot, name), join(folder, name));
  for (const library of ["hono", "pg", "fast-check"]) {
    write(`node_modules/${library}/package.json`, JSON.stringify({ name: library, main: "index.js" }));
    write(`node_modules/${library}/index.js`, "");
  }
  for (const file of TARGETS) write(file, "export const value = 1;\n");
  for (const [file, target] of PLANTED) write(file, `export { value } from "${target}";\n`);
  write("src/gateways/g/e.ts", 'export { value } from "./d.ts";\n');

  const caught = cruise(folder, "src").violations.map(({ from, rule }) => `${from} ${rule.name}`);
  for (const [file, , wall] of PLANTED) assert.ok(caught.includes(`${file} ${wall}`), `${file} passed ${wall}`);
});

test("at each wall something is planted, of the libraries' homes at one", () => {
  const { forbidden } = createRequire(import.meta.url)(join(projectRoot, ".dependency-cruiser.cjs")) as {
    forbidden: readonly { readonly name: string }[];
  };
  const planted: readonly string[] = PLANTED.map(([, , wall]) => wall);
  const walls = forbidden.map(({ name }) => name).filter((name) => !name.endsWith("-has-one-home"));
  assert.deepEqual(
    walls.filter((name) => !planted.includes(name)),
    [],
  );
});

test("each column says whether it is private", async () => {
  const db = await openTestDatabase();
  const columns = await db<{ name: string; comment: string | null }>`
    select format('%I.%I.%I', n.nspname, c.relname, a.attname) as name, col_description(c.oid, a.attnum) as comment
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
      and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
    order by 1`;
  assert.ok(columns.length > 10);
  const silent = columns.filter(({ comment }) => !/^private=(yes|no)\b/.test(comment ?? "")).map(({ name }) => name);
  assert.deepEqual(silent, []);
});

test("a landed migration keeps to what PostgreSQL 15 knows", () => {
  for (const file of globSync("sql/*.sql", { cwd: projectRoot })) {
    assert.doesNotMatch(
      read(file),
      /\buuidv7\s*\(|generated always as \([^)]*\) virtual|without overlaps|any_value\s*\(/i,
      file,
    );
  }
});

test("only stores see SQL", () => {
  // The floor's migrations are SQL by trade.
  const others = code.filter(
    (file) => !/(^|[/-])store\.ts$/.test(file) && file !== join("src", "platform", "database", "migrate.ts"),
  );
  const seeing = others.filter((file) => /\bdb(<(?:[^`]|\n)*?>)?`/.test(withoutComments(read(file))));
  assert.deepEqual(seeing, []);
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, "");
}

test("each runtime dependency has a reason in docs/decisions", () => {
  const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
  const decisions = globSync("docs/decisions/*.md", { cwd: projectRoot }).map(read).join("\n");
  assert.deepEqual(
    Object.keys(dependencies).filter((name) => !decisions.includes(`\`${name}\``)),
    [],
  );
});

test("nothing that people read bears the name of the State's own service", () => {
  const theirs = /chave móvel digital|autenticação\.gov|república portuguesa|governo de portugal/i;
  const said = code.filter((file) => /^src\/(words|sites|sandbox)\//.test(file) && theirs.test(read(file)));
  assert.deepEqual(said, []);
});
