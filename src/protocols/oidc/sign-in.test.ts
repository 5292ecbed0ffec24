import assert from "node:assert/strict";
import { test } from "node:test";
import * as client from "openid-client";
import { openOidcFlows } from "../../../tests/world/oidc/flows.ts";
import { basicPortal, keyPortal, publicPortal, person, secret } from "../../../tests/world/oidc/house.ts";
import type { TestPortal } from "../../../tests/world/oidc/house.ts";

const {
  issuer,
  clock,
  portals,
  register,
  authorised,
  whileAnswering,
  begun,
  start,
  callback,
  wholeFlow,
  basic,
  discover,
  open,
  keyed,
  by,
  byBoth,
  openBrowser,
} = await openOidcFlows();

const eidas = (name: string) => `http://eidas.europa.eu/LoA/${name}`;

byBoth("a person signs in, and the portal learns what was consented to and nothing else", async () => {
  await whileAnswering(
    (request) => {
      const answer = authorised(request);
      if (answer.outcome !== "authorised") return answer;
      const { email: _unticked, ...attributes } = answer.attributes;
      return { ...answer, attributes };
    },
    async () => {
      const { tokens, claims } = await wholeFlow(basic, basicPortal, {
        scope: "openid profile tax_number email phone address",
      });
      assert.equal(claims["name"], person.name);
      assert.equal(claims["tax_number"], person.tax_number);
      assert.deepEqual(claims["address"], { formatted: person.address });
      assert.equal(claims["phone_number_verified"], true);
      assert.equal(claims["acr"], "http://eidas.europa.eu/LoA/substantial");
      assert.deepEqual(claims["amr"], ["pin", "sms", "mfa"]);
      assert.equal(claims["auth_time"], Math.floor(clock.now().getTime() / 1000));
      assert.equal("email" in claims, false, "unticked");
      assert.equal("civil_id" in claims, false, "never asked");
      assert.equal("birthdate" in claims, false, "not allowed to this portal");
      assert.equal(JSON.stringify(claims).includes("citizen-1"), false);
      const info = await client.fetchUserInfo(basic, tokens.access_token, claims.sub);
      assert.equal(info["tax_number"], person.tax_number);
      assert.equal("email" in info, false);
      assert.equal(tokens.refresh_token, undefined);
    },
  );
});

byBoth("private_key_jwt and public portals complete the same flow", async () => {
  assert.equal((await wholeFlow(keyed, keyPortal)).claims["name"], person.name);
  assert.equal((await wholeFlow(open, publicPortal)).claims["name"], person.name);
});

byBoth("the same person is somebody else to each sector, and the same to one portal each time", async () => {
  const subjects = [
    (await wholeFlow(basic, basicPortal)).claims.sub,
    (await wholeFlow(basic, basicPortal)).claims.sub,
    (await wholeFlow(keyed, keyPortal)).claims.sub,
  ];
  assert.equal(subjects[0], subjects[1]);
  assert.notEqual(subjects[0], subjects[2]);
});

byBoth("what is asked is translated: required and optional attributes, level, freshness and language", async () => {
  const claims = {
    userinfo: { email: { essential: true }, tax_number: null, birthdate: { essential: true } },
    id_token: { name: { essential: false } },
  };
  const extra = {
    acr_values: "4",
    max_age: "60",
    ui_locales: "fr en-GB",
    claims: JSON.stringify(claims),
    scope: "openid profile phone",
  };
  const started = await start(basic, basicPortal, extra);
  const browser = openBrowser();
  await browser.follow(started.url);
  const [signInPage] = browser.seen.filter((path) => path.startsWith("/sign-in/"));
  assert.match(signInPage ?? "", /\?lang=en$/);
  const request = [...begun.values()].at(-1)?.request;
  assert.deepEqual(request?.attributes, [
    { name: "tax_number", required: false },
    { name: "name", required: false },
    { name: "given_names", required: true },
    { name: "family_names", required: true },
    { name: "phone", required: false },
    { name: "email", required: true },
  ]);
  assert.equal(request.level, 4);
  assert.deepEqual(request.returnOrigins, ["https://basic.example"]);
  assert.equal(request.fresh, true);
});

byBoth(
  "the level is answered in the spelling of the question, and an essential one that was not reached is an error",
  async () => {
    assert.equal((await wholeFlow(basic, basicPortal, { acr_values: "3" })).claims["acr"], "3");
    assert.equal(
      (await wholeFlow(basic, basicPortal, { acr_values: "http://eidas.europa.eu/LoA/high" })).claims["acr"],
      "http://eidas.europa.eu/LoA/substantial",
    );
    const claims = JSON.stringify({ id_token: { acr: { essential: true, values: ["http://eidas.europa.eu/LoA/high"] } } });
    const { left } = await callback(basic, basicPortal, { claims });
    assert.equal(left.searchParams.get("error"), "unmet_authentication_requirements");
  },
);

byBoth("the citizen card gives the highest level, by its name and its means, also where it was essential", async () => {
  await whileAnswering(
    (request) => ({ ...authorised(request), proof: { by: "citizen-card" }, level: 4 }),
    async () => {
      for (const [asked, named] of [
        [{ acr_values: eidas("high") }, eidas("high")],
        [{ acr_values: "4 3" }, "4"],
        [{ acr_values: eidas("substantial") }, eidas("substantial")],
        [{ claims: JSON.stringify({ id_token: { acr: { essential: true, value: eidas("high") } } }) }, eidas("high")],
        [{}, eidas("high")],
      ] as const) {
        const { claims } = await wholeFlow(basic, basicPortal, asked);
        assert.equal(claims["acr"], named);
        assert.deepEqual(claims["amr"], ["sc", "pin", "mfa"]);
      }
    },
  );
});

byBoth("a portal that was disabled is gone at once, even in the middle of a flow", async () => {
  const passing: TestPortal = { ...basicPortal, id: "portal-passing" };
  await register(passing);
  const config = await discover(passing, client.ClientSecretBasic(secret));
  const { left, verifier, nonce, state } = await callback(config, passing);
  await portals.disable(passing.id);
  const checks = { pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state };
  await assert.rejects(client.authorizationCodeGrant(config, left, checks));
});

byBoth("a wrong nonce or state is noticed by the portal", async () => {
  const one = await callback(basic, basicPortal);
  await assert.rejects(
    client.authorizationCodeGrant(basic, one.left, {
      pkceCodeVerifier: one.verifier,
      expectedNonce: "other",
      expectedState: one.state,
    }),
  );
  const two = await callback(basic, basicPortal);
  await assert.rejects(
    client.authorizationCodeGrant(basic, two.left, {
      pkceCodeVerifier: two.verifier,
      expectedNonce: two.nonce,
      expectedState: "other",
    }),
  );
});

test("each authorization asks the person again: the engine's own session spares nobody", async () => {
  const browser = openBrowser();
  await browser.follow((await start(basic, basicPortal)).url);
  const asked = begun.size;
  await browser.follow((await start(basic, basicPortal)).url);
  assert.equal(begun.size, asked + 1);
  assert.deepEqual(
    [...browser.jar.keys()].filter((name) => name.includes("oidc_session")),
    [],
  );
});

byBoth("a person who refuses sends the portal access_denied with its state", async () => {
  await whileAnswering(
    () => ({ outcome: "refused" }),
    async () => {
      const { left, state } = await callback(basic, basicPortal);
      assert.equal(left.searchParams.get("error"), "access_denied");
      assert.equal(left.searchParams.get("state"), state);
      assert.equal(left.searchParams.get("iss"), issuer);
    },
  );
});

by("engine", "while there is no answer the browser goes back to the same sign-in", async () => {
  const browser = openBrowser();
  const { url } = await start(basic, basicPortal);
  const interaction = (await browser.go(url)).headers.get("location") ?? "";
  const page = (await browser.go(interaction)).headers.get("location");
  await whileAnswering(
    () => null,
    async () => {
      assert.equal((await browser.go(`${interaction}/finish`)).headers.get("location"), interaction);
    },
  );
  assert.equal((await browser.go(interaction)).headers.get("location"), page);
});

by("engine", "an interaction belongs to the browser it began in", async () => {
  const browser = openBrowser();
  const interaction = (await browser.go((await start(basic, basicPortal)).url)).headers.get("location") ?? "";
  const { response, left } = await openBrowser().follow(interaction);
  assert.equal(left, null);
  assert.equal(response.status, 400);
});

by("engine", "an answered interaction is resumed once", async () => {
  const browser = openBrowser();
  const { url } = await start(basic, basicPortal);
  const interaction = (await browser.go(url)).headers.get("location") ?? "";
  await browser.go(interaction);
  const resume = (await browser.go(`${interaction}/finish`)).headers.get("location") ?? "";
  const answers = await Promise.all(Array.from({ length: 10 }, () => browser.go(resume)));
  assert.equal(answers.filter((answer) => (answer.headers.get("location") ?? "").includes("code=")).length, 1);
  assert.equal(answers.filter((answer) => answer.status === 400).length, 9);
});

test("a portal that names whom it expects does not hear of somebody else", async () => {
  const { tokens } = await wholeFlow(basic, basicPortal);
  const hint = { id_token_hint: tokens.id_token ?? "" };
  assert.ok((await callback(basic, basicPortal, hint)).left.searchParams.get("code"));
  await whileAnswering(
    (request) => ({ ...authorised(request), citizenId: "citizen-2" }),
    async () => {
      assert.equal((await callback(basic, basicPortal, hint)).left.searchParams.get("error"), "login_required");
    },
  );
});
