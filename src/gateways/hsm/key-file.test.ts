import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { systemRandom } from "#platform/world";
import { openKeyFile } from "./key-file.ts";
import { openKeys } from "./index.ts";

const random = systemRandom;
const folder = await mkdtemp(join(tmpdir(), "chave-keys-"));
after(() => rm(folder, { recursive: true }));
let files = 0;
const newPath = () => join(folder, String(++files), "keys.json");

test("the file is made once, for its owner alone, and the same keys come back from it", async () => {
  const path = newPath();
  const first = await openKeyFile({ path, random });
  const mac = await first.mac("pin", "data");
  const sealed = await first.seal("personal", "Ana", "citizen:1");
  const second = await openKeyFile({ path, random });
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.deepEqual(await second.mac("pin", "data"), mac);
  assert.equal(await second.open("personal", sealed, "citizen:1"), "Ana");
  assert.deepEqual(
    (await second.list("id-token")).map((key) => key.id),
    (await first.list("id-token")).map((key) => key.id),
  );
});

test("processes that start at the same moment end with the same keys and leave no draft behind", async () => {
  const path = newPath();
  const opened = await Promise.all(Array.from({ length: 8 }, () => openKeyFile({ path, random })));
  const macs = await Promise.all(opened.map(async (keys) => (await keys.mac("pin", "x")).toString("hex")));
  assert.equal(new Set(macs).size, 1);
  assert.deepEqual(await readdir(dirname(path)), ["keys.json"]);
});

test("a draft left by a process that died is not taken for the file", async () => {
  const path = newPath();
  await openKeyFile({ path, random });
  const whole = await readFile(path, "utf8");
  await writeFile(`${path}.1234.draft`, whole.slice(0, 40));
  const keys = await openKeyFile({ path, random });
  assert.equal((await keys.mac("pin", "x")).length, 32);
  assert.equal(await readFile(path, "utf8"), whole);
});

test("half a file is refused, and no key is quoted in the refusal", async () => {
  const path = newPath();
  await openKeyFile({ path, random });
  const whole = await readFile(path, "utf8");
  const half = whole.slice(0, whole.length / 2);
  await writeFile(path, half);
  await assert.rejects(openKeyFile({ path, random }), (error: Error) => {
    assert.match(error.message, /damaged/);
    assert.equal(error.cause, undefined);
    return true;
  });
  assert.equal(await readFile(path, "utf8"), half);
});

test("a file that other accounts can read is refused", async () => {
  const path = newPath();
  await openKeyFile({ path, random });
  await chmod(path, 0o640);
  await assert.rejects(openKeyFile({ path, random }), /0600/);
});

test("each purpose has a key of its own", async () => {
  const keys = await openKeyFile({ path: newPath(), random });
  assert.notDeepEqual(await keys.mac("pin", "x"), await keys.mac("code", "x"));
  const sealed = await keys.seal("job", "text", "job:1");
  await assert.rejects(keys.open("personal", sealed, "job:1"));
});

test("a sealed value opens only in its own context", async () => {
  const keys = await openKeyFile({ path: newPath(), random });
  const sealed = await keys.seal("personal", "Rua da Prova, 1", "address:1");
  await assert.rejects(keys.open("personal", sealed, "address:2"));
});

test("every altered byte of a sealed value is noticed", async () => {
  const keys = await openKeyFile({ path: newPath(), random });
  const sealed = await keys.seal("personal", "segredo", "x");
  for (let index = 0; index < sealed.length; index++) {
    const altered = Buffer.from(sealed);
    altered.writeUInt8(altered.readUInt8(index) ^ 1, index);
    await assert.rejects(keys.open("personal", altered, "x"), `byte ${String(index)}`);
  }
  await assert.rejects(keys.open("personal", sealed.subarray(0, -1), "x"));
  await assert.rejects(keys.open("personal", Buffer.of(1), "x"));
});

test("the same text is never sealed to the same bytes", async () => {
  const keys = await openKeyFile({ path: newPath(), random });
  assert.notDeepEqual(await keys.seal("personal", "x", "c"), await keys.seal("personal", "x", "c"));
});

test("after a rotation the new version is used and the old one still checks and opens, in other processes too", async () => {
  const path = newPath();
  const [here, there] = [await openKeyFile({ path, random }), await openKeyFile({ path, random })];
  const [oldMac, oldSealed] = [await here.mac("pin", "x"), await here.seal("personal", "old", "c")];
  assert.equal(await here.rotateSecret("pin"), 2);
  await here.rotateSecret("personal");
  assert.equal(here.version("pin"), 2);
  assert.notDeepEqual(await here.mac("pin", "x"), oldMac);
  assert.deepEqual(await here.mac("pin", "x", 1), oldMac);
  assert.equal(await here.open("personal", oldSealed, "c"), "old");
  assert.equal(await there.open("personal", await here.seal("personal", "new", "c"), "c"), "new");
  await assert.rejects(here.mac("pin", "x", 9), /version 9/);
});

test("of changes at the same moment none is lost: one is made, the others are refused", async () => {
  const path = newPath();
  const keys = await openKeyFile({ path, random });
  const changes = await Promise.allSettled(Array.from({ length: 6 }, () => keys.rotateSecret("job")));
  const made = changes.filter((change) => change.status === "fulfilled").length;
  assert.ok(made >= 1);
  assert.equal((await openKeyFile({ path, random })).version("job"), 1 + made);
  assert.deepEqual(await readdir(dirname(path)), ["keys.json"]);
});

test("a purpose that the file does not know yet gets its key when it is opened, and the others keep theirs", async () => {
  const path = newPath();
  const mac = await (await openKeyFile({ path, random })).mac("pin", "x");
  const material = JSON.parse(await readFile(path, "utf8")) as { secrets: Record<string, unknown> };
  delete material.secrets["form"];
  await writeFile(path, JSON.stringify(material));
  const reopened = await openKeyFile({ path, random });
  assert.deepEqual(await reopened.mac("pin", "x"), mac);
  assert.deepEqual(await (await openKeyFile({ path, random })).mac("form", "x"), await reopened.mac("form", "x"));
});

test("the pairwise key is never rotated", async () => {
  const keys = await openKeyFile({ path: newPath(), random });
  await assert.rejects(keys.rotateSecret("pairwise"), /subject/);
});

test("signatures are raw r||s and the public half verifies them", async () => {
  const keys = await openKeyFile({ path: newPath(), random });
  const [key] = await keys.list("id-token");
  assert.ok(key);
  assert.equal("d" in key.publicJwk, false);
  const data = Buffer.from("header.payload");
  const signature = await key.sign(data);
  assert.equal(signature.length, 64);
  const publicKey = createPublicKey({ key: key.publicJwk, format: "jwk" });
  assert.ok(verify("sha256", data, { key: publicKey, dsaEncoding: "ieee-p1363" }, signature));
});

test("a signing key is announced, then used, then the old one is retired", async () => {
  const path = newPath();
  const [keys, other] = [await openKeyFile({ path, random }), await openKeyFile({ path, random })];
  const ids = async () => (await other.list("id-token")).map((key) => key.id);
  const [old] = await ids();
  assert.ok(old);
  const next = await keys.announceSigningKey();
  assert.deepEqual(await ids(), [old, next]);
  await keys.useSigningKey(next);
  assert.deepEqual(await ids(), [next, old]);
  await keys.retireSigningKey(old);
  assert.deepEqual(await ids(), [next]);
  await assert.rejects(keys.retireSigningKey(next));
  assert.deepEqual(await ids(), [next]);
});

test("a setting of an unknown kind is refused without being quoted", async () => {
  await assert.rejects(
    openKeys({ setting: "pkcs11:slot=0;pin=1234", random }),
    (error: Error) => !error.message.includes("1234"),
  );
  await openKeys({ setting: `file:${newPath()}`, random });
});
