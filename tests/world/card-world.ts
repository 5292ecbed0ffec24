/** A small hierarchy with its responder and its list on a real port, which answer what the test says and count who asked. */
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { createCardAuthority } from "../../src/gateways/card-authority/index.ts";
import type { CardAuthorityNeeds } from "../../src/gateways/card-authority/index.ts";
import { authorityParts, makeAnswer, makeCertificate, makeKey, makeList, pemOf, POLICY, PURPOSE } from "./card-authorities.ts";
import type { AnswerWanted, KeyKind, Made, Wanted } from "./card-authorities.ts";
import { PATIENCE_MILLISECONDS } from "./patience.ts";
import { silentLog, testClock, testRandom } from "./world.ts";

export const origin = "https://chave.example";
const HOUR = 3_600_000;
const ANY_POLICY = "2.5.29.32.0";

export interface Office {
  /** Null: the connection is cut. */
  ocsp: (request: Buffer) => Promise<Buffer | null> | Buffer | null;
  crl: () => Promise<Buffer | null> | Buffer | null;
  asked: { ocsp: number; crl: number };
}

export type CardWorld = Awaited<ReturnType<typeof openCardWorld>>;

export async function openCardWorld() {
  const clock = testClock();
  const folder = mkdtempSync(join(tmpdir(), "chave-cards-"));
  const office: Office = { ocsp: () => null, crl: () => null, asked: { ocsp: 0, crl: 0 } };
  const url = await openOffice(office);
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const authority = (name: string, kind: KeyKind, changes: Wanted = {}) => ({
    name: authorityParts(name),
    key: makeKey(kind),
    authority: {},
    policies: [],
    ...changes,
  });
  const root = await makeCertificate(authority("EC Raiz de Ensaio", "P-384"));
  const issuing = await makeCertificate(
    authority("EC de Autenticação de Ensaio", "P-384", { authority: { pathLength: 0 }, policies: [POLICY, ANY_POLICY] }),
    root,
  );
  const responder = await makeCertificate(
    { name: authorityParts("OCSP de Ensaio"), purposes: [PURPOSE.ocspSigning], policies: [], noCheck: true },
    issuing,
  );
  const places = { ocspUrls: [`${url}/ocsp`], crlUrls: [`${url}/list.crl`] };

  const fresh = (): Pick<AnswerWanted, "thisUpdate" | "nextUpdate" | "signer" | "certificates"> => ({
    thisUpdate: clock.now(),
    nextUpdate: new Date(clock.now().getTime() + HOUR),
    signer: responder,
    certificates: [responder],
  });

  /** Everything is well: good answers, an empty list. */
  function allIsWell(): void {
    office.ocsp = (request) => makeAnswer(request, { status: "good", ...fresh() });
    office.crl = () => makeList(issuing, { thisUpdate: clock.now(), nextUpdate: new Date(clock.now().getTime() + 24 * HOUR) });
  }
  allIsWell();

  function trust(...authorities: Made[]): string {
    const file = join(folder, `${createHash("sha256").update(randomBytes(8)).digest("hex")}.pem`);
    writeFileSync(file, pemOf(...authorities));
    return file;
  }

  function gateway(changes: Partial<CardAuthorityNeeds> = {}) {
    return createCardAuthority({
      trusted: trust(root, issuing),
      policies: [POLICY],
      origin,
      nonce: "required",
      clock,
      random: testRandom,
      log: silentLog,
      limits: { ocspTimeout: PATIENCE_MILLISECONDS, crlTimeout: PATIENCE_MILLISECONDS },
      ...changes,
    });
  }

  const card = (changes: Wanted = {}, issuer = issuing) => makeCertificate({ ...places, ...changes }, issuer);

  return { clock, folder, office, url, places, root, issuing, responder, fresh, allIsWell, trust, gateway, card, authority };
}

async function openOffice(office: Office): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const kind = request.url === "/ocsp" ? "ocsp" : "crl";
      office.asked[kind] += 1;
      void (async () => {
        const answer = await (kind === "ocsp" ? office.ocsp(Buffer.concat(chunks)) : office.crl());
        if (answer === null) request.socket.destroy();
        else response.end(answer);
      })();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}
