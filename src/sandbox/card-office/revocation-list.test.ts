/** What the lists say. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { verify, listOf, openssl, openOffice, cardOf, VALID, SUSPENDED } from "../../../tests/world/card-office.ts";
import { pem } from "./certificate.ts";

test("openssl takes each authority's list, finds in it who is revoked, and refuses a path with such a one", async () => {
  const opened = await openOffice();
  const { office } = opened;
  const [good, revoked] = [await cardOf(office, VALID), await cardOf(office, SUSPENDED)];
  for (const authority of ["root", "authentication", "signature"] as const) {
    const list = await listOf(opened, authority);
    const issuer = opened.write("ca.pem", pem(office.authorities[authority].certificate.raw));
    assert.match(await openssl("crl", "-noout", "-in", list, "-CAfile", issuer), /verify OK/);
  }
  const lists = ["-crl_check", "-CRLfile", await listOf(opened, "authentication")];
  assert.match(await verify(opened, good, "authentication", ...lists), /: OK\n$/);
  assert.match(await verify(opened, revoked, "authentication", ...lists), /certificate revoked/);
  assert.match(await openssl("crl", "-noout", "-text", "-in", await listOf(opened, "authentication")), /Certificate Hold/);
});

test("a stale list, and one signed by somebody else, are seen as what they are", async () => {
  const opened = await openOffice();
  const card = await cardOf(opened.office, VALID);
  const judged = async () =>
    verify(opened, card, "authentication", "-crl_check", "-CRLfile", await listOf(opened, "authentication"));
  opened.office.setModes({ crl: "stale" });
  assert.match(await judged(), /CRL has expired/);
  opened.office.setModes({ crl: "wrong-issuer" });
  assert.match(await judged(), /CRL signature failure/);
  opened.office.setModes({ crl: "unreachable" });
  await assert.rejects(listOf(opened, "authentication"));
});
