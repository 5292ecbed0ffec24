import { readdirSync } from "node:fs";
import tseslint from "typescript-eslint";

/** Time, chance and the environment are handed in: only the floor may take them for itself. */
const HANDED_IN = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Ask the clock that was handed in." },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: "Ask the clock that was handed in." },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: "Ask the random that was handed in." },
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: "Settings are read in src/settings.",
  },
  {
    selector:
      "CallExpression[callee.name=/^random(UUID|Bytes|Int)$/], MemberExpression[property.name=/^random(UUID|Bytes|Int)$/]",
    message: "Ask the random that was handed in.",
  },
  { selector: "ImportSpecifier[imported.name=/^random(UUID|Bytes|Int)$/]", message: "Ask the random that was handed in." },
];

/** Classes are for errors: everything else is made by a function that is given what it needs. */
const NO_CLASSES = [
  {
    selector: "ClassDeclaration:not([superClass]), ClassExpression:not([superClass])",
    message: "Write a factory: createX(needs).",
  },
];

/** Whoever reads a face, or searches for a name, finds it there. */
const BY_NAME = [{ selector: "ExportAllDeclaration", message: "Export by name." }];

const here = (folder) => readdirSync(".").includes(folder);

export default tseslint.config(
  { ignores: ["node_modules", "data", "coverage", "docs", "**/*.cjs", "eslint.config.js"] },
  {
    files: ["src/**/*.ts", "tests/**/*.ts", "scripts/**/*.ts", ...(here("bench") ? ["bench/**/*.ts"] : [])],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      // Names with a `_` before them say that they are not used on purpose.
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // A port promises a promise; one implementation of it may have nothing to wait for.
      "@typescript-eslint/require-await": "off",
      // tsconfig's noPropertyAccessFromIndexSignature is off, yet `row["column"]` says that nobody checked the name.
      "@typescript-eslint/dot-notation": "off",
      // Matters of taste, or noise where a callback answers nothing.
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-meaningless-void-operator": "off",
      "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Nothing here has a `this` to lose: what a factory returns closes over what it needs.
      "@typescript-eslint/unbound-method": "off",
      "no-restricted-syntax": ["error", ...HANDED_IN, ...NO_CLASSES, ...BY_NAME],
      eqeqeq: "error",
      "no-console": "error",
      "no-eval": "error",
      // The aim is four; more than six is never right.
      "max-params": ["error", 6],
      "max-lines": ["error", { max: 400 }],
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
      complexity: ["error", 14],
    },
  },
  {
    files: [
      "src/platform/**",
      "src/settings/read.ts",
      "src/sandbox/**",
      "tests/**",
      "bench/**",
      "scripts/**",
      "src/**/*.test.ts",
    ],
    rules: { "no-restricted-syntax": ["error", ...NO_CLASSES, ...BY_NAME] },
  },
  {
    // What is read on a terminal.
    files: ["src/main.ts", "src/sandbox/**", "tests/**", "bench/**", "scripts/**", "src/**/*.test.ts"],
    rules: { "no-console": "off" },
  },
  {
    files: ["tests/**", "src/**/*.test.ts"],
    rules: {
      // node:test waits for its own tests.
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafeCalls: [{ from: "package", package: "node:test", name: ["test", "suite", "describe", "it"] }] },
      ],
      // What a test was answered is of no known form until it asserts it.
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-empty-function": "off",
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/no-deprecated": "off",
    },
  },
  {
    // As many sentences as people read.
    files: ["src/sites/*/words.*.ts"],
    rules: { "max-lines": "off" },
  },
);
