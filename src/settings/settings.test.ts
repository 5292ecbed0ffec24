import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { checkProduction, readSettings } from "./index.ts";
import { settingTable } from "./variables.ts";

const folder = mkdtempSync(join(tmpdir(), "chave-settings-"));
after(() => {
  rmSync(folder, { recursive: true });
});
const keysFile = join(folder, "keys.json");
writeFileSync(keysFile, "{}", { mode: 0o600 });

const sound = {
  DATABASE_URL: "postgresql:///chave?host=/run/postgresql",
  CHAVE_PUBLIC_URL: "https://key.example",
  CHAVE_INSTALLATION_NAME: "Example Agency",
  CHAVE_REGISTRY_URL: "https://registry.example",
  CHAVE_REGISTRY_CREDENTIAL: "a credential",
  CHAVE_TAX_AUTHORITY_ISSUER: "https://tax.example",
  CHAVE_TAX_AUTHORITY_CLIENT_ID: "chave",
  CHAVE_TAX_AUTHORITY_CLIENT_SECRET: "a client secret",
  CHAVE_SMPP_URL: "ssmpp://us:word@sms.example:3550",
  CHAVE_SMTP_URL: "smtps://us:word@mail.example:465",
  CHAVE_MAIL_FROM: "Key <key@key.example>",
  CHAVE_POST_URL: "https://post.example",
  CHAVE_POST_CREDENTIAL: "a credential",
  CHAVE_POST_PRINTER_KEY: "/etc/chave/printer.pem",
  CHAVE_KEYS_FILE: keysFile,
};

test("without a word, everything has a default", () => {
  const settings = readSettings({});
  assert.deepEqual([settings.portBase, settings.publicUrl, settings.data], [3000, "http://localhost:3000", "./data"]);
  assert.deepEqual(settings.roles, ["public", "worker"]);
  assert.equal(readSettings({ CHAVE_PORT_BASE: "4100" }).publicUrl, "http://localhost:4100");
});

test("every wrong setting is named, and none is shown", () => {
  const wrong = { CHAVE_PORT_BASE: "many", CHAVE_ROLES: "public,janitor", CHAVE_SMPP_URL: "http://user:hunter22@sms" };
  assert.throws(
    () => readSettings(wrong),
    (error: Error) => Object.keys(wrong).every((name) => error.message.includes(name)) && !error.message.includes("hunter22"),
  );
});

test("a file gives what the environment does not, and may not be misspelt", () => {
  const name = join(folder, "settings.json");
  writeFileSync(name, JSON.stringify({ CHAVE_PORT_BASE: 5000, CHAVE_LOG_LEVEL: "warn" }));
  const settings = readSettings({ CHAVE_SETTINGS: name, CHAVE_PORT_BASE: "6000" });
  assert.deepEqual([settings.portBase, settings.logLevel], [6000, "warn"]);
  writeFileSync(name, JSON.stringify({ CHAVE_PROT_BASE: 5000 }));
  assert.throws(() => readSettings({ CHAVE_SETTINGS: name }), /CHAVE_PROT_BASE/);
});

test("production starts with sound settings", () => {
  checkProduction(readSettings(sound));
});

test("production names each setting that is missing", () => {
  for (const missing of Object.keys(sound)) {
    const settings = readSettings({ ...sound, [missing]: undefined });
    assert.throws(() => {
      checkProduction(settings);
    }, new RegExp(missing));
  }
});

test("production asks for cards only with a door that can be opened: its key, its certificate, and whom to believe", () => {
  const written = (name: string, mode: number) => {
    const file = join(folder, name);
    writeFileSync(file, "", { mode });
    return file;
  };
  const [key, loose, open] = [written("tls.key", 0o600), written("loose.key", 0o644), written("tls.pem", 0o644)];
  const cards = { CHAVE_CARD_TRUSTED: folder, CHAVE_CARD_TLS_KEY: key, CHAVE_CARD_TLS_CERTIFICATE: open };
  checkProduction(readSettings({ ...sound, ...cards }));
  for (const [name, wrong] of [
    ["CHAVE_CARD_TRUSTED", join(folder, "absent")],
    ["CHAVE_CARD_TLS_KEY", undefined],
    ["CHAVE_CARD_TLS_KEY", loose],
    ["CHAVE_CARD_TLS_CERTIFICATE", undefined],
    ["CHAVE_CARD_TLS_CERTIFICATE", join(folder, "absent")],
  ] as const) {
    const settings = readSettings({ ...sound, ...cards, [name]: wrong });
    assert.throws(
      () => {
        checkProduction(settings);
      },
      new RegExp(name),
      `${name}=${wrong ?? ""}`,
    );
  }
});

test("production refuses each setting that is unsafe", () => {
  const looseKeys = join(folder, "loose.json");
  writeFileSync(looseKeys, "{}", { mode: 0o644 });
  const unsafe = [
    ["CHAVE_PUBLIC_URL", "http://key.example"],
    ["CHAVE_PUBLIC_URL", "https://key.example/path"],
    ["DATABASE_URL", "postgresql://us:word@db.example/chave"],
    ["DATABASE_URL", "postgresql:///chave?host=db.example"],
    ["CHAVE_REGISTRY_URL", "http://registry.example"],
    ["CHAVE_SMPP_URL", "smpp://us:word@sms.example:2775"],
    ["CHAVE_SMTP_URL", "smtp://mail.example"],
    ["CHAVE_KEYS_FILE", looseKeys],
    ["CHAVE_KEYS_FILE", join(folder, "absent.json")],
    ["CHAVE_PIN_MODE", "keyed"],
  ] as const;
  for (const [name, value] of unsafe) {
    const settings = readSettings({ ...sound, [name]: value });
    assert.throws(
      () => {
        checkProduction(settings);
      },
      new RegExp(name),
      `${name}=${value}`,
    );
  }
});

test("a process is asked for the settings of its roles alone", () => {
  const others = { public: /SMPP|SMTP|MAIL_FROM|POST/, worker: /REGISTRY|TAX_AUTHORITY|CARD|INSTALLATION/ };
  for (const [role, unread] of Object.entries(others)) {
    const asked = Object.fromEntries(Object.entries(sound).filter(([name]) => !unread.test(name)));
    checkProduction(readSettings({ ...asked, CHAVE_ROLES: role }));
    assert.throws(() => {
      checkProduction(readSettings({ ...asked, CHAVE_ROLES: "public,worker" }));
    }, unread);
  }
});

test("a role that does not exist is refused, with those that do", () => {
  assert.throws(() => readSettings({ CHAVE_ROLES: "signer" }), /CHAVE_ROLES: there are no roles but public, worker/);
});

test("no setting is declared twice", () => {
  const variables = settingTable.map(({ variable }) => variable);
  assert.deepEqual(
    variables.filter((variable, place) => variables.indexOf(variable) !== place),
    [],
  );
});
