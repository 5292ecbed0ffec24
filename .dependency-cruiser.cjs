/** The walls of the house: which room may import which. tests/house.test.ts plants forbidden imports and sees them caught. */

/** Each library that shapes the design lives in one place; the sandbox, which plays the other side of a wire, may use it too. */
const HOMES = {
  "oidc-provider": "^src/protocols/oidc/engine/",
  "openid-client": "^src/gateways/tax-authority/",
  pg: "^src/platform/database/postgres\\.ts$",
  "@electric-sql/pglite": "^src/platform/database/pglite\\.ts$",
  pino: "^src/platform/log\\.ts$",
  "prom-client": "^src/platform/metrics\\.ts$",
  "@node-rs/argon2": "^src/platform/stretch\\.ts$",
  smpp: "^src/gateways/sms/",
  nodemailer: "^src/gateways/email/",
  pdfkit: "^src/gateways/post/",
  "bwip-js": "^src/gateways/post/",
  pkijs: "^src/gateways/card-authority/",
  asn1js: "^src/gateways/card-authority/",
};

const EXEMPT = ["\\.test\\.ts$", "^src/sandbox/", "^tests/", "^bench/", "^scripts/"];

const PLAIN_CODE = "\\.test\\.ts$";

/** What a site says, a file a language, beside its pages. */
const WORDS = "^src/sites/[^/]+/words\\.[a-z]+\\.ts$";

const homes = Object.entries(HOMES).map(([library, home]) => ({
  name: `${library}-has-one-home`,
  severity: "error",
  from: { path: "^(src|tests|bench|scripts)/", pathNot: [home, ...EXEMPT] },
  to: { path: `^node_modules/(@types/)?${library}/` },
}));

/** What a part may be told: its own settings, beside it. */
const SLICE = "^src/(core|platform|sites|protocols|gateways)/.+/settings\\.ts$";

const wall = (name, from, to, comment) => ({ name, severity: "error", comment, from, to });

/** In that room, a folder knows no folder beside it: another one is added, and one taken away, by a line in the room's table. */
const alone = (name, room, comment) =>
  wall(name, { path: `^${room}/([^/]+)/`, pathNot: PLAIN_CODE }, { path: `^${room}/[^/]+/`, pathNot: `^${room}/$1/` }, comment);

module.exports = {
  forbidden: [
    wall("no-cycles", {}, { circular: true }, "what needs itself cannot be read top-down"),
    wall(
      "nothing-unresolved",
      { path: "^(src|tests|bench|scripts)/" },
      { couldNotResolve: true, pathNot: "^(node:|bun:)" },
      "an import nobody resolves is one no wall can judge",
    ),
    wall(
      "platform-is-the-floor",
      { path: "^src/platform/", pathNot: PLAIN_CODE },
      { path: "^(src/(?!platform/)|tests/|bench/)" },
      "the floor stands on nothing of ours",
    ),
    wall(
      "core-knows-no-door",
      { path: "^src/core/", pathNot: PLAIN_CODE },
      { path: "^(src/(?!core/|platform/)|tests/|bench/)" },
      "the law knows no HTTP, no wire and no vendor; its words are handed in by app",
    ),
    wall(
      "core-knows-no-web",
      { path: "^src/core/", pathNot: PLAIN_CODE },
      { path: ["^node_modules/(hono|@hono|jose|undici|tough-cookie)/", "^(node:)?(http|http2|https|net|tls|dgram)$"] },
      "the law knows no HTTP",
    ),
    wall(
      "a-capability-is-entered-by-its-face",
      { path: "^src/core/([^/]+)/", pathNot: PLAIN_CODE },
      { path: "^src/core/[^/]+/", pathNot: ["^src/core/$1/", "^src/core/[^/]+/index\\.ts$"] },
      "what is behind the face may change",
    ),
    wall(
      "core-is-entered-by-its-faces",
      { path: "^(src/(?!core/|settings/)|bench/)", pathNot: PLAIN_CODE },
      { path: "^src/core/[^/]+/", pathNot: "^src/core/[^/]+/index\\.ts$" },
      "what is behind the face may change",
    ),
    wall(
      "a-face-is-for-others",
      { path: "^src/core/([^/]+)/", pathNot: [PLAIN_CODE, "^src/core/[^/]+/index\\.ts$"] },
      { path: "^src/core/$1/index\\.ts$" },
      "a capability that enters itself by its face goes in a circle",
    ),
    wall(
      "vocabulary-is-the-bottom-of-core",
      { path: "^src/core/vocabulary/", pathNot: PLAIN_CODE },
      { path: "^src/core/(?!vocabulary/)" },
      "words that every capability shares are no capability's",
    ),
    alone("a-channel-stands-alone", "src/core/activation/channels", "a channel is whole in its folder"),
    alone("a-proof-stands-alone", "src/core/proofs", "what one kind of proof asks and counts is no other's"),
    alone("an-act-stands-alone", "src/core/acts", "an act is a row; what acts share is the engine's"),
    wall(
      "a-site-stands-alone",
      { path: "^src/sites/([^/]+)/", pathNot: [PLAIN_CODE, "^src/sites/gallery/"] },
      { path: "^src/(sites|protocols)/", pathNot: ["^src/sites/$1/", "^src/sites/kit/"] },
      "a door imports no other door but the kit; the gallery, which shows them all, is none",
    ),
    wall(
      "words-are-read-through-their-face",
      { path: "^src/", pathNot: [PLAIN_CODE, "^src/words/", WORDS] },
      { path: WORDS, dependencyTypesNot: ["type-only"] },
      "a page speaks the language of its request, which the face hands it",
    ),
    wall(
      "words-are-made-of-words",
      { path: ["^src/words/", WORDS], pathNot: PLAIN_CODE },
      {
        path: "^src/",
        pathNot: [WORDS, "^src/words/", "^src/sites/kit/dates\\.ts$", "^src/core/(vocabulary|messages)/index\\.ts$"],
      },
      "a sentence must not pull in the page that says it",
    ),
    wall(
      "a-protocol-stands-alone",
      { path: "^src/protocols/([^/]+)/", pathNot: PLAIN_CODE },
      { path: "^src/(sites|protocols)/", pathNot: ["^src/protocols/$1/", "^src/sites/kit/"] },
      "a door imports no other door but the kit",
    ),
    wall(
      "doors-call-no-gateway",
      { path: "^src/(sites|protocols)/", pathNot: PLAIN_CODE },
      { path: "^src/gateways/" },
      "the outside world is core's to call, through what app hands in",
    ),
    wall(
      "a-gateway-stands-alone",
      { path: "^src/gateways/([^/]+)/", pathNot: PLAIN_CODE },
      { path: ["^src/(sites|protocols)/", "^src/gateways/[^/]+/"], pathNot: "^src/gateways/$1/" },
      "each wire is its own",
    ),
    wall(
      "the-sandbox-is-the-other-side",
      { path: "^src/", pathNot: ["^src/sandbox/", PLAIN_CODE] },
      { path: "^src/sandbox/" },
      "production must not know the sandbox",
    ),
    wall(
      "app-is-the-top",
      { path: "^src/(core|platform|sites|protocols|gateways|settings|words)/", pathNot: PLAIN_CODE },
      { path: "^src/(app/|(main|outside|precedence)\\.ts$)" },
      "arrows go down",
    ),
    wall(
      "settings-are-made-of-slices",
      { path: "^src/settings/", pathNot: PLAIN_CODE },
      { path: "^(src/(?!settings/|platform/)|tests/|bench/)", pathNot: SLICE },
      "reading the settings must not load what they set",
    ),
    wall(
      "a-slice-stands-on-the-floor",
      { path: SLICE, pathNot: "^src/(platform|sandbox)/" },
      { path: "^src/(?!platform/)" },
      "what a part is told is declared without the part",
    ),
    wall(
      "settings-are-handed-in",
      { path: "^src/(core|platform|sites|protocols|gateways|words)/", pathNot: PLAIN_CODE },
      { path: "^src/settings/" },
      "a part is told its own settings by app, and knows no other's",
    ),
    wall(
      "nothing-stands-on-main",
      { path: "^src/", pathNot: ["^src/sandbox/", PLAIN_CODE] },
      { path: "^src/main\\.ts$" },
      "the process is made of its parts, and no part of the process",
    ),
    wall(
      "outside-knows-no-role",
      { path: "^src/outside\\.ts$" },
      { path: "^src/(app|sites|protocols)/" },
      "what is outside is opened before anybody asks it",
    ),
    wall(
      "tools-stay-outside",
      { path: "^src/", pathNot: ["^src/sandbox/", PLAIN_CODE] },
      { dependencyTypes: ["npm-dev"], pathNot: "^node_modules/@types/" },
      "what is only installed for development is not there in production",
    ),
    ...homes,
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
